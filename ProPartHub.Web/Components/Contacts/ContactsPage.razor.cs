using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.HubSpot.Contacts;
using ProPartHub.Domain.Leads;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Contacts;

/// <summary>
/// Every contact of the HubSpot account, with or without a lead here, from the mirror that the sync keeps; live, and without a
/// call to HubSpot. What is chosen stands in the address.
/// </summary>
public sealed partial class ContactsPage : ActingComponent
{
    private ContactQuery _query = new();
    private ContactPage? _page;
    private ContactMirrorState? _state;
    private LeadCount? _count;
    private IReadOnlyList<ContactOwner> _owners = [];

    // Read from the address at each change of it; the router passes these, and so the page is asked to look again.
    [SupplyParameterFromQuery(Name = "q")]
    private string? Search { get; set; }

    [SupplyParameterFromQuery]
    private string? Phone { get; set; }

    [SupplyParameterFromQuery]
    private string? Mail { get; set; }

    [SupplyParameterFromQuery]
    private string? Lead { get; set; }

    [SupplyParameterFromQuery]
    private string? Owner { get; set; }

    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery]
    private string? To { get; set; }

    [SupplyParameterFromQuery]
    private string? View { get; set; }

    [SupplyParameterFromQuery]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery]
    private string? After { get; set; }

    [SupplyParameterFromQuery]
    private string? Before { get; set; }

    [Inject]
    private ContactQueries Contacts { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string? Count =>
        _count is not { } count || _state?.PortalId is null ? null
        : count.IsCapped ? $"{count.Value.ToString("N0", CultureInfo.CurrentCulture)}+"
        : T.Plural("Count", count.Value);

    // Nothing came yet, and nothing was looked for that might be there.
    private bool IsUnread =>
        _state is { IsFilling: true } && _page is { Rows.Count: 0 } && !_query.HasFilters && !_query.Archived;

    /// <inheritdoc/>
    protected override IReadOnlyList<AgencyTopic> Topics => [AgencyTopic.Contacts];

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        _query = ContactsAddress.Read(new Uri(Navigation.Uri).Query);
        return base.OnParametersSetAsync();
    }

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        // Filters may be set faster than the database answers: only the answer to the latest question shows.
        var asked = _query;
        var state = await Contacts.StateAsync(Who!, Life);
        var page = await Contacts.PageAsync(Who!, asked, Life);
        var count = await Contacts.CountAsync(Who!, asked, Life);
        _owners = _owners is [] ? await Contacts.OwnersAsync(Who!, Life) : _owners;
        if (asked == _query)
        {
            (_state, _page, _count) = (state, page, count);
        }
    }

    private void Show(ContactQuery query) =>
        Navigation.NavigateTo(ContactsAddress.Write(query with { Cursor = null, Backward = false }));

    private string? PageAddress(string? cursor, bool backward) =>
        cursor is null ? null : ContactsAddress.Write(_query with { Cursor = cursor, Backward = backward });
}
