using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Leads;

/// <summary>
/// All leads that the person may see: filters, sort and place are the page's address. A change by somebody else is
/// read again row by row; only that row renders anew. Nothing is read while prerendering, so a visit costs one load.
/// </summary>
public sealed partial class LeadListPage : IAsyncDisposable
{
    private static readonly Column[] Columns =
    [
        new("Column_Number", LeadSort.Number),
        new("Column_Client", LeadSort.Name),
        new("Column_Stage", LeadSort.Status),
        new("Column_Budget", null, "number"),
        new("Column_Country", null),
        new("Column_Agent", null),
        new("Column_Updated", LeadSort.Updated),
    ];

    private readonly CancellationTokenSource _closed = new();
    private readonly RowGlows _glows = new();
    private LeadListQuery _query = new();
    private Actor? _actor;
    private LeadPage? _page;
    private LeadCount? _count;
    private FeedPump? _pump;
    private LateRefresh? _countLater;
    private bool _hasFailed;
    private int _arrivals;

    // Who searches before the first rows are there starts a second read; only the latest may show what it brings.
    private int _reading;

    [Inject]
    private LeadQueries Leads { get; set; } = null!;

    [Inject]
    private LeadFeed Feed { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private AgencyTime Time { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string? CountText =>
        _count is null ? null
        : _count.IsCapped ? T["List_CountCapped", _count.Value.ToString("N0", CultureInfo.CurrentCulture)]
        : T.Plural("List_Count", _count.Value);

    protected override async Task OnInitializedAsync()
    {
        _query = LeadListAddress.Read(new Uri(Navigation.Uri), Time);
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        _actor = await Actor.GetAsync();
        Navigation.LocationChanged += OnLocationChanged;
        _countLater = new LateRefresh(Clock, RefreshCountAsync, _closed.Token);
        _pump = await Feed.StartAsync(_actor, _ => ReloadAsync(), OnFeedAsync, _closed.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        await _closed.CancelAsync();
        if (_pump is not null)
        {
            await _pump.DisposeAsync();
        }

        _closed.Dispose();
    }

    private void Show(LeadListQuery query) =>
        Navigation.NavigateTo(LeadListAddress.Write(query with { Cursor = null, Backward = false }, Time));

    private void ShowArrivals() => Show(_query);

    private async Task ReloadAsync()
    {
        if (_actor is null)
        {
            return;
        }

        try
        {
            await ReadAsync(_actor);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _hasFailed = _page is null;
        }
    }

    private async Task ReadAsync(Actor actor)
    {
        var reading = ++_reading;
        var page = await Leads.PageAsync(actor, _query, _closed.Token);
        var count = await Leads.CountAsync(actor, _query, _closed.Token);
        if (reading == _reading)
        {
            (_page, _count, _hasFailed, _arrivals) = (page, count, false, 0);
        }
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        var address = new Uri(change.Location);
        if (address.AbsolutePath != LeadListAddress.Path)
        {
            return;
        }

        _query = LeadListAddress.Read(address, Time);
        _ = InvokeAsync(async () =>
        {
            await ReloadAsync();
            StateHasChanged();
        });
    }

    private string? PageAddress(string? cursor, bool backward) =>
        cursor is null ? null : LeadListAddress.Write(_query with { Cursor = cursor, Backward = backward }, Time);

    private string SortAddress(LeadSort sort)
    {
        var descending = _query.Sort == sort ? !_query.Descending : sort is LeadSort.Number or LeadSort.Updated;
        return LeadListAddress.Write(
            _query with
            {
                Sort = sort,
                Descending = descending,
                Cursor = null,
                Backward = false,
            },
            Time
        );
    }

    private string? SortState(LeadSort? sort) =>
        sort is null ? null
        : _query.Sort != sort ? "none"
        : _query.Descending ? "descending"
        : "ascending";

    private string SortMark(LeadSort sort) =>
        _query.Sort != sort ? ""
        : _query.Descending ? "↓"
        : "↑";

    private sealed record Column(string Text, LeadSort? Sort, string? Class = null);
}
