using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Boards.Wall;

/// <summary>
/// The board for a screen on a wall: large, live, without anything to operate. It runs for days, so whatever it holds is
/// bounded, each minute it reads anew from the top, and <c>js/wall.js</c> brings it back after an update or an outage.
/// </summary>
public sealed partial class WallPage : IAsyncDisposable
{
    /// <summary>Most columns; of more, those with the most leads.</summary>
    internal const int MostColumns = 8;

    /// <summary>Most cards of a column; a screen shows as many of them as are whole.</summary>
    internal const int CardsShown = 10;

    private readonly PageLife _closed = new();
    private readonly BoardMarks _marks = new();
    private BoardAsked _asked = new(new LeadListQuery(), null, BoardGrouping.Stage);
    private bool _namesClients;
    private string? _title;
    private BoardQuery? _query;
    private Board? _board;
    private BoardToday? _today;
    private int _hidden;
    private int _otherMoney;
    private bool _hasFailed;
    private bool _isMinuteRead;
    private ChangeNames? _names;
    private LateRefresh? _figures;
    private Actor? _actor;
    private FeedPump? _pump;
    private IDisposable? _minute;

    // A reading that was overtaken by a later one is not shown.
    private int _reading;

    [Inject]
    private BoardQueries Boards { get; set; } = null!;

    [Inject]
    private StageDirectory Directory { get; set; } = null!;

    [Inject]
    private PeopleQueries People { get; set; } = null!;

    [Inject]
    private LeadFeed Feed { get; set; } = null!;

    [Inject]
    private FeedStatus Status { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private AgencyTime Time { get; set; } = null!;

    [Inject]
    private MinuteTick Minute { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <summary>Everything that grows with what happens, counted: cards, marks, names.</summary>
    internal (int Cards, int Marks, int Names) Held =>
        (_board?.AllCards.Count() ?? 0, _marks.Count, _names?.Count ?? 0);

    private string BackAddress => BoardAddress.Write(_asked, Time);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var address = new Uri(Navigation.Uri);
        var asked = BoardAddress.Read(address, Time);
        var isOther = _actor is not null && BoardAddress.Write(asked.For(_actor), Time) != BackAddress;
        (_asked, _namesClients) = (_actor is null ? asked : asked.For(_actor), WallAddress.NamesClients(address));
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        if (_actor is null)
        {
            await BeginAsync();
        }
        else if (isOther)
        {
            await ReloadAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Status.Changed -= OnStatus;
        _minute?.Dispose();
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

    private async Task BeginAsync()
    {
        _actor = await Actor.GetAsync();
        _asked = _asked.For(_actor);
        _names = new ChangeNames(People);
        _figures = new LateRefresh(Clock, RefreshAsync, _closed.Token);
        Status.Changed += OnStatus;
        _minute = Minute.Subscribe(() => _ = InvokeAsync(OnMinuteAsync));
        _pump = await Feed.StartAsync(_actor, _ => ReloadAsync(), OnFeedAsync, _closed.Token);
    }

    private void OnStatus(FeedState state) => _ = InvokeAsync(StateHasChanged);

    // The clock, a new day, and whatever a lost message may have left behind. A slow database answers one minute's reading at
    // a time: they must not queue up over the days.
    private async Task OnMinuteAsync()
    {
        if (_isMinuteRead || _closed.IsCancellationRequested)
        {
            return;
        }

        _isMinuteRead = true;
        try
        {
            await ReloadAsync();
            StateHasChanged();
        }
        finally
        {
            _isMinuteRead = false;
        }
    }

    private async Task ReloadAsync()
    {
        try
        {
            await ReadAsync();
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _hasFailed = _board is null;
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The wall was left.
        }
    }

    private async Task ReadAsync()
    {
        var reading = ++_reading;
        var stages = await Directory.AllAsync(_closed.Token);
        var query = _asked.Query(stages, Time);
        var columns = await Boards.ColumnsAsync(_actor!, query, _closed.Token);
        var board = new Board(Shown(columns), before: null);
        board.Show(await Boards.CardsAsync(_actor!, query, board.Slices, _closed.Token));
        var today = await Boards.TodayAsync(_actor!, query, query.Days.Today, _closed.Token);
        var otherMoney = await Boards.OtherMoneyAsync(_actor!, query, _closed.Token);
        if (reading == _reading)
        {
            _otherMoney = otherMoney;
            (_query, _board, _today, _hasFailed) = (query, board, today, false);
            _hidden = columns.Count - board.Columns.Count;
            _title = query.Stages is [var first, ..] ? first.PipelineLabel : null;
            _marks.Forget(board, most: 0);
        }
    }

    // Figures a moment later, however many changes come; and columns whose cards have gone elsewhere are filled again.
    private async Task RefreshAsync()
    {
        if (_board is not { } board || _query is not { } query)
        {
            return;
        }

        try
        {
            var columns = await Boards.ColumnsAsync(_actor!, query, _closed.Token);
            var today = await Boards.TodayAsync(_actor!, query, query.Days.Today, _closed.Token);
            var otherMoney = await Boards.OtherMoneyAsync(_actor!, query, _closed.Token);
            if (board != _board)
            {
                return;
            }

            _today = today;
            _otherMoney = otherMoney;
            if (!board.TakeFigures(Shown(columns)) || board.Columns.Any(column => IsThin(board, column)))
            {
                await ReadAsync();
            }

            StateHasChanged();
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            // The state in the corner tells; the next minute reads again.
        }
    }

    private static bool IsThin(Board board, BoardColumn column) =>
        board.Window(column.Place.Key) is { HasBelow: true, Cards.Count: < CardsShown };

    private static IReadOnlyList<BoardColumn> Shown(IReadOnlyList<BoardColumn> columns)
    {
        var most = columns.OrderByDescending(column => column.Count).Take(MostColumns).ToHashSet();
        return [.. columns.Where(most.Contains)];
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
