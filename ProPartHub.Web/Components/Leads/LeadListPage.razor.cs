using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Views;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Leads.Listing;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Components.Views;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Leads;

/// <summary>
/// All leads that the person may see: filters, sort and place are the page's address. A change by somebody else is
/// read again row by row; only that row renders anew.
/// </summary>
public sealed partial class LeadListPage : IAsyncDisposable
{
    private readonly PageLife _closed = new();
    private readonly RowGlows _glows = new();
    private readonly RowSelection _selection = new();
    private LeadListQuery _query = new();
    private string? _viewText;
    private bool _hasStart;
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
    private SavedViews Views { get; set; } = null!;

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
        Ask(new Uri(Navigation.Uri));
        _actor = await Actor.GetAsync();
        if (!RendererInfo.IsInteractive)
        {
            await PrerenderAsync(_actor);
            return;
        }

        Navigation.LocationChanged += OnLocationChanged;
        _countLater = new LateRefresh(Clock, RefreshCountAsync, _closed.Token);
        TakeOver(_actor);
        if (_page is null)
        {
            await ReadLayoutAsync(_actor);
        }

        var shown = LeadListAddress.Write(_query, Time);
        await BeginWithOwnViewAsync(new Uri(Navigation.Uri));
        if (_pump is null)
        {
            _pump = await Feed.StartAsync(_actor, _ => ReloadAsync(), OnFeedAsync, _closed.Token);
        }
        else if (shown != LeadListAddress.Write(_query, Time))
        {
            await ReloadAsync();
        }
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
        Navigation.NavigateTo(AddressOf(query with { Cursor = null, Backward = false }));

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
        var (extras, tags) = await ReadBesidesAsync(actor, page.Rows);
        if (reading == _reading)
        {
            (_page, _count, _hasFailed, _arrivals) = (page, count, false, 0);
            (_extras, _tags) = (extras, tags);
        }
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        var address = new Uri(change.Location);
        if (address.AbsolutePath != LeadListAddress.Path)
        {
            return;
        }

        _ = InvokeAsync(() => GoAsync(address));
    }

    private async Task GoAsync(Uri address)
    {
        var before = LeadListAddress.Write(_query, Time);
        if (!await BeginWithOwnViewAsync(address))
        {
            Ask(address);
        }

        if (before != LeadListAddress.Write(_query, Time) || _arrivals > 0)
        {
            if (before != LeadListAddress.Write(_query, Time))
            {
                _selection.Clear();
            }

            await ReloadAsync();
        }

        StateHasChanged();
    }

    private void Ask(Uri address) =>
        (_query, _viewText) = (LeadListAddress.Read(address, Time), ViewAddress.ViewOf(address));

    // The list without anything asked for opens with the view that the person begins with; the address then says which.
    private async Task<bool> BeginWithOwnViewAsync(Uri address)
    {
        if (await ViewAddress.StartAsync(Views, _actor!, ViewPage.List, address, _closed.Token) is not { } start)
        {
            return false;
        }

        Ask(Navigation.ToAbsoluteUri(start));
        Navigation.NavigateTo(start, replace: true);
        return true;
    }

    private string ClearAddress => ViewAddress.Bare(LeadListAddress.Path, _hasStart);

    // What a view names: everything but the place in the list.
    private string QueryOf(LeadListQuery query) =>
        LeadListAddress.Write(query with { Cursor = null, Backward = false }, Time)[LeadListAddress.Path.Length..];

    private string Canonical(string query) =>
        QueryOf(LeadListAddress.Read(Navigation.ToAbsoluteUri(LeadListAddress.Path + query), Time));

    private string AddressOf(LeadListQuery query) =>
        ViewAddress.Of(
            LeadListAddress.Path,
            LeadListAddress.Write(query, Time)[LeadListAddress.Path.Length..],
            _viewText,
            _hasStart
        );

    private string? PageAddress(string? cursor, bool backward) =>
        cursor is null ? null : AddressOf(_query with { Cursor = cursor, Backward = backward });

    private string SortAddress(LeadSort sort)
    {
        var descending = _query.Sort == sort ? !_query.Descending : ColumnLook.BeginsDescending(sort);
        return AddressOf(_query with { Sort = sort, Descending = descending, Cursor = null, Backward = false });
    }
}
