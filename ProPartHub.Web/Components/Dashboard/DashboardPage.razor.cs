using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Dashboards;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Points;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Dashboard;

/// <summary>
/// Where everybody's day begins: what to do, what changed, how things stand. An agent sees the own leads, a manager the
/// team's, an admin all. Changes by others are read again part by part, at most once in two seconds.
/// </summary>
public sealed partial class DashboardPage : IAsyncDisposable
{
    private readonly PageLife _closed = new();
    private readonly Dictionary<DashboardPart, int> _readings = [];
    private Actor? _actor;
    private FeedPump? _pump;
    private ReaderSubscription? _pointsChanged;
    private ReaderSubscription? _settingsChanged;
    private IDisposable? _minute;
    private LateRefresh? _later;
    private DashboardPart _due;
    private DateOnly _day;
    private bool _hasFailed;

    private IReadOnlyList<AgendaGroup>? _agenda;
    private News? _news;
    private QuietLeads? _quiet;
    private Figures? _figures;
    private Trend? _trend;
    private TrendMetric _metric;
    private IReadOnlyList<TeamLine>? _team;
    private Standing? _standing;
    private Ranking? _ranking;
    private TrendStep _step;
    private RankingSort _sort;

    [Inject]
    private AgendaQueries Agenda { get; set; } = null!;

    [Inject]
    private NewsQueries News { get; set; } = null!;

    [Inject]
    private SeenMarks Marks { get; set; } = null!;

    [Inject]
    private QuietQueries Quiet { get; set; } = null!;

    [Inject]
    private FigureQueries Figures { get; set; } = null!;

    [Inject]
    private TrendQueries Trends { get; set; } = null!;

    [Inject]
    private TeamQueries Team { get; set; } = null!;

    [Inject]
    private PointQueries Points { get; set; } = null!;

    [Inject]
    private RankingQueries Rankings { get; set; } = null!;

    [Inject]
    private AgencySignal Agency { get; set; } = null!;

    [Inject]
    private LeadFeed Feed { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    [Inject]
    private AgencyCalendar Calendar { get; set; } = null!;

    [Inject]
    private MinuteTick Minute { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private bool IsTeam => _actor is { Role: not Role.Agent };

    private string Today => Calendar.DayOf(Clock.GetUtcNow()).ToString("dddd, d MMMM", CultureInfo.CurrentCulture);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _actor = await Actor.GetAsync();
        _day = Calendar.DayOf(Clock.GetUtcNow());
        if (!RendererInfo.IsInteractive)
        {
            await PrerenderAsync(_actor);
            return;
        }

        _later = new LateRefresh(Clock, ReadDueAsync, _closed.Token);
        _pointsChanged = new ReaderSubscription(
            listener => Agency.Join(AgencyTopic.Points, listener),
            listener => Agency.Leave(AgencyTopic.Points, listener),
            () => _ = InvokeAsync(() => Ask(DashboardPart.Standing | DashboardPart.Ranking | DashboardPart.Team))
        );
        // Admins may have said anew when a lead has gone quiet.
        _settingsChanged = new ReaderSubscription(
            listener => Agency.Join(AgencyTopic.Settings, listener),
            listener => Agency.Leave(AgencyTopic.Settings, listener),
            () => _ = InvokeAsync(() => Ask(DashboardPart.Quiet | DashboardPart.Team))
        );
        _minute = Minute.Subscribe(() => _ = InvokeAsync(PassTime));
        TakeOver(_actor);
        _pump ??= await Feed.StartAsync(_actor, _ => ReloadAsync(), OnFeedAsync, _closed.Token);
        if (_closed.IsCancellationRequested)
        {
            // Left while it was being read.
            await _pump.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _pointsChanged?.Dispose();
        _settingsChanged?.Dispose();
        _minute?.Dispose();
        await _closed.CancelAsync();
        if (_pump is not null)
        {
            await _pump.DisposeAsync();
        }

        _closed.Dispose();
    }

    private Task OnFeedAsync(FeedBatch batch) =>
        InvokeAsync(() =>
            Ask(
                batch.MustRefresh
                    ? DashboardPart.All
                    : batch.Changes.Aggregate(
                        DashboardPart.None,
                        (all, change) => all | DashboardParts.TouchedBy(change, _actor!)
                    )
            )
        );

    private void Ask(DashboardPart parts)
    {
        _due |= parts;
        if (_due is not DashboardPart.None && !_closed.IsCancellationRequested)
        {
            _ = _later!.AskAsync();
        }
    }

    // What was ahead a minute ago may be late by now, and at midnight everything is of another day.
    private void PassTime()
    {
        var now = Clock.GetUtcNow();
        var isLate = _agenda?.Any(group => group.Part is not AgendaPart.Overdue && group.Items[0].DueAt < now) == true;
        Ask(
            Calendar.DayOf(now) != _day ? DashboardPart.All
            : isLate ? DashboardPart.Agenda | DashboardPart.Team
            : DashboardPart.None
        );
        _day = Calendar.DayOf(now);
    }

    private async Task ReloadAsync()
    {
        (_hasFailed, _due) = (false, DashboardPart.All);
        await ReadDueAsync();
    }

    private async Task ReadDueAsync()
    {
        try
        {
            foreach (var part in DashboardParts.InOrder)
            {
                if ((_due & part) is not DashboardPart.None)
                {
                    await ReadAsync(part);
                    _due &= ~part;
                    StateHasChanged();
                }
            }
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is closed.
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            // What is shown stays; the feed asks every page to read again when the database is back.
            _hasFailed = _figures is null;
            StateHasChanged();
        }
    }

    private Task ReadAsync(DashboardPart part)
    {
        var actor = _actor!;
        return part switch
        {
            DashboardPart.Agenda => ShowAsync(part, Agenda.ReadAsync, agenda => _agenda = agenda),
            DashboardPart.News => ShowAsync(part, ReadNewsAsync, news => _news = news),
            DashboardPart.Quiet => ShowAsync(part, Quiet.ReadAsync, quiet => _quiet = quiet),
            DashboardPart.Figures => ShowAsync(part, Figures.ReadAsync, figures => _figures = figures),
            DashboardPart.Trend => ShowAsync(
                part,
                (_, token) => Trends.ReadAsync(actor, _metric, _step, token),
                trend => _trend = trend
            ),
            DashboardPart.Team => ShowAsync(part, Team.ReadAsync, team => _team = team),
            DashboardPart.Standing => ShowAsync(
                part,
                (_, token) => Points.StandingAsync(actor, null, token),
                standing => _standing = standing
            ),
            _ => ShowAsync(
                part,
                (_, token) => Rankings.OfMonthAsync(actor, _day, _sort, token),
                ranking => _ranking = ranking
            ),
        };
    }

    // Two readings of a part may overlap; only the one asked for last may show what it brings.
    private async Task ShowAsync<T>(DashboardPart part, Func<Actor, CancellationToken, Task<T>> read, Action<T> show)
    {
        var reading = _readings[part] = _readings.GetValueOrDefault(part) + 1;
        var answer = await read(_actor!, _closed.Token);
        if (_readings[part] == reading)
        {
            show(answer);
        }
    }

    private async Task<News> ReadNewsAsync(Actor actor, CancellationToken cancellationToken) =>
        await News.ReadAsync(
            actor,
            _news?.Since ?? await Marks.VisitAsync(actor, cancellationToken),
            cancellationToken
        );

    private Task StepAsync(TrendStep step) => AgainAsync(DashboardPart.Trend, () => _step = step);

    private Task MetricAsync(TrendMetric metric) => AgainAsync(DashboardPart.Trend, () => _metric = metric);

    private Task SortAsync(RankingSort sort) => AgainAsync(DashboardPart.Ranking, () => _sort = sort);

    private Task ActedAsync() => AgainAsync(DashboardPart.Agenda, () => { });

    private async Task AgainAsync(DashboardPart part, Action choose)
    {
        choose();
        _due |= part;
        await ReadDueAsync();
    }

    private async Task SeenAsync(News seen)
    {
        if (_actor is not { ViewerId: null } actor)
        {
            return;
        }

        try
        {
            await Marks.SeenAsync(actor, seen.Since, seen.UpTo, _closed.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException || DatabaseOutage.Is(exception))
        {
            // Not marked: it is shown again next time.
        }
    }

    // A window left open overnight begins a new visit when its person comes back to it.
    private async Task ReturnedAsync()
    {
        _news = null;
        await AgainAsync(DashboardPart.News, () => { });
    }
}
