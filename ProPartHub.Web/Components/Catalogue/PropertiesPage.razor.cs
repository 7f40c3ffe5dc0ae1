using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Leads;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Catalogue;

/// <summary>The catalogue, live: everybody looks through it, managers and admins add to it. What is chosen stands in the address.</summary>
public sealed partial class PropertiesPage : ActingComponent
{
    private CatalogueQuery _query = new();
    private CataloguePage? _page;
    private LeadCount? _count;
    private IReadOnlyList<CataloguePlace> _places = [];

    // Read from the address at each change of it; the router passes these, and so the page is asked to look again.
    [SupplyParameterFromQuery(Name = "q")]
    private string? Search { get; set; }

    [SupplyParameterFromQuery]
    private string? Country { get; set; }

    [SupplyParameterFromQuery]
    private string? City { get; set; }

    [SupplyParameterFromQuery]
    private string? District { get; set; }

    [SupplyParameterFromQuery]
    private string? Kind { get; set; }

    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery]
    private string? To { get; set; }

    [SupplyParameterFromQuery]
    private string? Rooms { get; set; }

    [SupplyParameterFromQuery]
    private string? Size { get; set; }

    [SupplyParameterFromQuery]
    private string? Most { get; set; }

    [SupplyParameterFromQuery]
    private string? View { get; set; }

    [SupplyParameterFromQuery]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery]
    private string? After { get; set; }

    [SupplyParameterFromQuery]
    private string? Before { get; set; }

    [Inject]
    private CatalogueQueries Catalogue { get; set; } = null!;

    [Inject]
    private CatalogueWords Words { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool MayWrite => Who is { ViewerId: null } who && DevelopmentService.MayWrite(who);

    private string? Count =>
        _count is not { } count ? null
        : count.IsCapped ? $"{count.Value.ToString("N0", CultureInfo.CurrentCulture)}+"
        : T.Plural("Count", count.Value);

    /// <inheritdoc/>
    protected override IReadOnlyList<AgencyTopic> Topics => [AgencyTopic.Catalogue];

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        _query = CatalogueAddress.Read(new Uri(Navigation.Uri));
        return base.OnParametersSetAsync();
    }

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        // Filters may be set faster than the database answers: only the answer to the latest question shows.
        var asked = _query;
        var page = await Catalogue.PageAsync(Who!, asked, Life);
        var count = await Catalogue.CountAsync(Who!, asked, Life);
        var places = await Catalogue.PlacesAsync(asked.Country, Life);
        if (asked == _query)
        {
            (_page, _count, _places) = (page, count, places);
        }
    }

    private void Show(CatalogueQuery query) =>
        Navigation.NavigateTo(CatalogueAddress.Write(query with { Cursor = null, Backward = false }));

    private string? PageAddress(string? cursor, bool backward) =>
        cursor is null ? null : CatalogueAddress.Write(_query with { Cursor = cursor, Backward = backward });
}
