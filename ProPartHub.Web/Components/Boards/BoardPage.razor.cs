using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Views;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Components.Views;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Boards;

/// <summary>
/// Leads side by side by stage, agent or day, live. Filters, pipeline and columns are the page's address. A move shows at once
/// and goes back with the reason when it is refused.
/// </summary>
public sealed partial class BoardPage : IAsyncDisposable
{
    private readonly PageLife _closed = new();
    private readonly BoardMarks _marks = new();
    private BoardAsked _asked = new(new LeadListQuery(), null, BoardGrouping.Stage);
    private string? _viewText;
    private bool _hasStart;
    private IReadOnlyList<(Guid Id, string Label)> _pipelines = [];
    private IReadOnlyDictionary<Guid, StageItem> _stagesById = new Dictionary<Guid, StageItem>();
    private Guid _pipelineId;
    private BoardQuery? _query;
    private Board? _board;
    private DateTimeOffset _now;
    private LateRefresh? _figures;
    private LateRefresh? _newsLater;
    private Actor? _actor;
    private FeedPump? _pump;
    private IDisposable? _minute;
    private string? _message;
    private bool _hasFailed;

    // Who filters before the first cards are there starts a second read; only the latest may show what it brings.
    private int _reading;

    [Inject]
    private BoardQueries Boards { get; set; } = null!;

    [Inject]
    private SavedViews Views { get; set; } = null!;

    [Inject]
    private StageDirectory Directory { get; set; } = null!;

    [Inject]
    private PeopleQueries People { get; set; } = null!;

    [Inject]
    private LeadFeed Feed { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    [Inject]
    private AgencyCalendar Calendar { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private AgencyTime Time { get; set; } = null!;

    [Inject]
    private MinuteTick Minute { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private IReadOnlyList<BoardGrouping> Groupings =>
        _actor?.Role is Role.Agent ? [BoardGrouping.Stage, BoardGrouping.FollowUp] : Enum.GetValues<BoardGrouping>();

    private string ClearAddress => ViewAddress.Bare(BoardAddress.Path, _hasStart);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _reason = Book.For(LeadField.RefusalReason)![0];
        Ask(new Uri(Navigation.Uri));
        _actor = await Actor.GetAsync();
        if (!RendererInfo.IsInteractive)
        {
            await PrerenderAsync(_actor);
            return;
        }

        Navigation.LocationChanged += OnLocationChanged;
        _figures = new LateRefresh(Clock, RefreshFiguresAsync, _closed.Token);
        _newsLater = new LateRefresh(Clock, TellNewsAsync, _closed.Token);
        _minute = Minute.Subscribe(() => _ = InvokeAsync(OnMinuteAsync));
        _names = new ChangeNames(People);
        WatchPeople();
        WatchQuiet();
        TakeOver(_actor);
        var shown = QueryOf(_asked);
        await BeginWithOwnViewAsync(new Uri(Navigation.Uri));
        if (_pump is null)
        {
            _pump = await Feed.StartAsync(_actor, _ => ReloadAsync(), OnFeedAsync, _closed.Token);
        }
        else if (shown != QueryOf(_asked))
        {
            await ReloadAsync();
        }
        else
        {
            await ShowPeopleAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        _minute?.Dispose();
        _reader?.Dispose();
        _settingsChanged?.Dispose();
        await _closed.CancelAsync();
        if (_pump is not null)
        {
            await _pump.DisposeAsync();
        }

        if (_script is not null)
        {
            await _script.DisposeAsync();
        }

        _closed.Dispose();
    }

    private void Ask(Uri address) =>
        (_asked, _viewText) = (BoardAddress.Read(address, Time), ViewAddress.ViewOf(address));

    // The page without anything asked for opens with the view that the person begins with; the address then says which.
    private async Task<bool> BeginWithOwnViewAsync(Uri address)
    {
        if (await ViewAddress.StartAsync(Views, _actor!, ViewPage.Board, address, _closed.Token) is not { } start)
        {
            return false;
        }

        Ask(Navigation.ToAbsoluteUri(start));
        Navigation.NavigateTo(start, replace: true);
        return true;
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        var address = new Uri(change.Location);
        if (address.AbsolutePath == BoardAddress.Path)
        {
            _ = InvokeAsync(() => GoAsync(address));
        }
    }

    private async Task GoAsync(Uri address)
    {
        var before = QueryOf(_asked);
        if (!await BeginWithOwnViewAsync(address))
        {
            Ask(address);
        }

        if (before != QueryOf(_asked))
        {
            (_gone, _message, _losing) = (null, null, null);
            await ReloadAsync();
        }

        StateHasChanged();
    }

    private void Show(BoardAsked asked) =>
        Navigation.NavigateTo(ViewAddress.Of(BoardAddress.Path, QueryOf(asked), _viewText, _hasStart));

    private void ChoosePipeline(string? id) =>
        Show(_asked with { PipelineId = Guid.TryParse(id, out var pipeline) ? pipeline : null });

    private string AddressOf(BoardGrouping grouping) =>
        ViewAddress.Of(BoardAddress.Path, QueryOf(_asked with { Grouping = grouping }), _viewText, _hasStart);

    private string QueryOf(BoardAsked asked) => BoardAddress.Write(asked, Time)[BoardAddress.Path.Length..];

    private string Canonical(string query) =>
        QueryOf(BoardAddress.Read(Navigation.ToAbsoluteUri(BoardAddress.Path + query), Time));

    private string Label(BoardPlace place) => PlaceLabel.Of(T, place);
}
