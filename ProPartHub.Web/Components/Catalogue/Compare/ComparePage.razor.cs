using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Leads;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Catalogue.Compare;

/// <summary>Up to four properties side by side, live; which ones stands in the address.</summary>
public sealed partial class ComparePage : ActingComponent
{
    private IReadOnlyList<ComparedDevelopment>? _found;

    // Read from the address at each change of it; the router passes it, and so the page is asked to look again.
    [SupplyParameterFromQuery(Name = "n")]
    private string[]? Asked { get; set; }

    [Inject]
    private CatalogueQueries Catalogue { get; set; } = null!;

    [Inject]
    private CatalogueWords Words { get; set; } = null!;

    [Inject]
    private CompareChoice Choice { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override IReadOnlyList<AgencyTopic> Topics => [AgencyTopic.Catalogue];

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        var numbers = Numbers();
        _found = numbers.Count == 0 ? [] : await Catalogue.CompareAsync(numbers, Life);
        // The catalogue, when one goes back to it, has the same ticked.
        Choice.Set(_found.Select(one => one.Number));
    }

    private List<long> Numbers() =>
        [
            .. QueryHelpers
                .ParseQuery(new Uri(Navigation.Uri).Query)
                .GetValueOrDefault("n")
                .Select(text =>
                    long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0
                )
                .Where(number => number > 0)
                .Distinct()
                .Take(CatalogueQueries.MostCompared),
        ];

    private void TakeOut(long number) =>
        Navigation.NavigateTo(
            CatalogueAddress.Compare(_found!.Select(one => one.Number).Where(other => other != number))
        );

    private IEnumerable<Row> Rows()
    {
        yield return Of(T["Field_Price"], one => Price(one.Values.PriceFrom, one.Values.PriceTo));
        yield return Of(T["Compare_PerMetre"], one => PerMetre(one.Values));
        yield return Of(Leads.Field(LeadField.Country), one => Words.Place(one.Values.Country!));
        yield return Of(T["Field_City"], one => one.Values.City);
        yield return Of(T["Field_District"], one => one.Values.District);
        yield return Of(Leads.Field(LeadField.PropertyType), one => Words.Kind(one.Values.Kind));
        yield return Of(T["Field_Goals"], one => Words.Goals(one.Values.Goals));
        yield return Of(T["Field_Available"], one => $"{Available(one.Values).Count()}");
        yield return Of(T["Field_Rooms"], one => RoomsOf(one.Values));
        yield return Of(T["Field_Size"], one => Sizes(one.Values));
        yield return Of(T["Field_PaymentPlan"], one => Plan(one.Values));
        yield return Of(T["Field_PaymentTerms"], one => one.Values.PaymentTerms);
        yield return Of(
            T["Field_State"],
            one => T[one.IsArchived || !Available(one.Values).Any() ? "Units_None" : "State_Available"]
        );
    }

    private Row Of(string name, Func<ComparedDevelopment, string?> value)
    {
        var values = _found!.Select(value).ToList();
        return new(name, values, values.Distinct().Count() > 1);
    }

    private static IEnumerable<UnitInput> Available(DevelopmentInput values) =>
        values.Units.Where(unit => unit.IsAvailable);

    private string Price(decimal? from, decimal? to) =>
        to is { } most && most != from ? $"{Figure(from!.Value)} – {Figure(most)}" : T["From", Figure(from!.Value)];

    private static string? PerMetre(DevelopmentInput values) =>
        Available(values).Min(unit => (decimal?)(unit.Price / unit.SizeFrom)) is { } least
            ? Figure(decimal.Round(least))
            : null;

    private string? RoomsOf(DevelopmentInput values) =>
        Words.Rooms(
            Available(values).Min(unit => (UnitType?)unit.Type),
            Available(values).Max(unit => (UnitType?)unit.Type)
        );

    private string? Sizes(DevelopmentInput values) =>
        Available(values).Any()
            ? Words.Size(
                Available(values).Min(unit => unit.SizeFrom),
                Available(values).Max(unit => unit.SizeTo ?? unit.SizeFrom)
            )
            : null;

    private string Plan(DevelopmentInput values) =>
        string.Join(
            "; ",
            values.PaymentPlan.Select(stage =>
                $"{(stage.Percent is { } share ? CatalogueWords.Percent(share) : Figure(stage.Amount!.Value))} — {Words.Due(stage)}"
            )
        );

    private static string Figure(decimal amount) =>
        Money.WithSign("USD", amount.ToString("N0", CultureInfo.CurrentCulture));

    private sealed record Row(string Name, IReadOnlyList<string?> Values, bool Differs);
}
