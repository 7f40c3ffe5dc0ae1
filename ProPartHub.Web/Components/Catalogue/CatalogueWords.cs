using System.Globalization;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Catalogue.Matching;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Catalogue;

/// <summary>Places, rooms, sizes and reasons in the reader's language.</summary>
internal sealed class CatalogueWords(
    IStringLocalizer<CatalogueTexts> texts,
    IStringLocalizer<LeadsTexts> leads,
    LeadOptionBook book
)
{
    /// <summary>Country, city and district in one line.</summary>
    public string Place(string country, params string?[] parts) =>
        string.Join(
            ", ",
            parts.Prepend(leads.Option(book, LeadField.Country, country)).Where(part => part is { Length: > 0 })
        );

    /// <summary>The kind of property.</summary>
    public string? Kind(string? kind) => kind is null ? null : leads.Option(book, LeadField.PropertyType, kind);

    /// <summary>The purposes that it suits.</summary>
    public string Goals(IEnumerable<string> goals) =>
        string.Join(", ", goals.Select(goal => leads.Option(book, LeadField.PurchaseGoal, goal)));

    /// <summary>How many rooms.</summary>
    public string Rooms(UnitType type) => type is UnitType.Studio ? texts["Studio"] : texts.Plural("Rooms", (int)type);

    /// <summary>From how many rooms to how many.</summary>
    public string? Rooms(UnitType? from, UnitType? to) =>
        (from, to) switch
        {
            ({ } one, { } other) when one == other => Rooms(one),
            (UnitType.Studio, { } largest) => $"{texts["Studio"]} – {Rooms(largest)}",
            ({ } least, { } most) => $"{(int)least} – {Rooms(most)}",
            _ => null,
        };

    /// <summary>A size, or from one to another.</summary>
    public string Size(decimal? from, decimal? to = null) =>
        texts["Size", from == to || to is null ? Figure(from) : $"{Figure(from)} – {Figure(to)}"];

    /// <summary>Why something matches, or what speaks against it.</summary>
    public string Reason(MatchReason reason) => texts[$"Reason_{reason.Aspect}_{reason.Grade}"];

    /// <summary>What is wrong with a field.</summary>
    public string Fault(FieldError error) =>
        error.Limit is null ? texts[$"Fault_{error.Code}"] : texts[$"Fault_{error.Code}", error.Limit];

    /// <summary>A share.</summary>
    public static string Percent(decimal share) => $"{Figure(share)}\u00a0%";

    /// <summary>By how much something rose or fell, with an arrow that says which.</summary>
    public static string Difference(decimal percent) =>
        $"{(percent > 0 ? "▲\u00a0+" : "▼\u00a0−")}{Percent(Math.Abs(percent))}";

    /// <summary>When a stage of payment is due.</summary>
    public string Due(PaymentStage stage) =>
        stage switch
        {
            { Due: PaymentDue.Day, Day: { } day } => day.ToString("d MMMM yyyy", CultureInfo.CurrentCulture),
            { Due: PaymentDue.MonthsAfterBooking, Months: { } months } => texts.Plural("Due_Months_Booking", months),
            { Due: PaymentDue.MonthsAfterHandover, Months: { } months } => texts.Plural("Due_Months_Handover", months),
            _ => texts[$"Due_{stage.Due}"],
        };

    private static string Figure(decimal? amount) => amount?.ToString("#,##0.##", CultureInfo.CurrentCulture) ?? "";
}
