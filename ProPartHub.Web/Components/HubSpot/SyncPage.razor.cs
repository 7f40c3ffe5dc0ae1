using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>
/// How the exchange with HubSpot stands and what it leaves for an admin to decide. It follows the change feed and the
/// engine's own state; the browser asks nothing.
/// </summary>
public sealed partial class SyncPage : IAsyncDisposable
{
    // The first import and a busy hour change something many times a second; nobody reads that fast.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly PageLife _closed = new();
    private SyncStatus? _status;
    private Actor? _actor;
    private FeedPump? _pump;
    private ReaderSubscription? _engine;
    private ReaderSubscription? _contacts;
    private IDisposable? _minute;
    private string? _message;
    private bool _hasFailed;
    private int _tick;

    [SupplyParameterFromQuery(Name = SyncAddress.ViewKey)]
    private string? View { get; set; }

    [SupplyParameterFromQuery(Name = SyncAddress.PageKey)]
    private string? Page { get; set; }

    [SupplyParameterFromQuery(Name = SyncAddress.BeforeKey)]
    private string? BeforeText { get; set; }

    [SupplyParameterFromQuery(Name = SyncAddress.OnlyKey)]
    private string? Only { get; set; }

    [Inject]
    private SyncStatusQueries Status { get; set; } = null!;

    [Inject]
    private SyncAdmin Admin { get; set; } = null!;

    [Inject]
    private SyncMonitor Monitor { get; set; } = null!;

    [Inject]
    private AgencySignal Signal { get; set; } = null!;

    [Inject]
    private LeadFeed Feed { get; set; } = null!;

    [Inject]
    private MinuteTick Minute { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    private SyncView Shown => SyncAddress.ReadView(View);

    private int Number => PageNumber.Read(Page);

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        _actor = await Actor.GetAsync();
        _engine = new ReaderSubscription(
            handler => Monitor.Changed += handler,
            handler => Monitor.Changed -= handler,
            OnMonitor
        );
        var later = new LateRefresh(Clock, ShowAnewAsync, _closed.Token);
        _contacts = new ReaderSubscription(
            listener => Signal.Join(AgencyTopic.Contacts, listener),
            listener => Signal.Leave(AgencyTopic.Contacts, listener),
            () => _ = InvokeAsync(later.AskAsync)
        );
        // How far the last poll came and what is left of the day's calls move without an event.
        _minute = Minute.Subscribe(OnMonitor);
        _pump = await Feed.StartAsync(_actor, _ => ReadAsync(), OnFeedAsync, _closed.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _engine?.Dispose();
        _contacts?.Dispose();
        _minute?.Dispose();
        await _closed.CancelAsync();
        if (_pump is not null)
        {
            await _pump.DisposeAsync();
        }

        _closed.Dispose();
    }

    private int? CountOf(SyncView view) =>
        view switch
        {
            SyncView.Parked => _status!.Parked,
            SyncView.Waiting => _status!.Waiting,
            SyncView.Conflicts => _status!.OpenConflicts,
            SyncView.Problems => _status!.PullProblems,
            _ => null,
        };

    private async Task ReadAsync()
    {
        try
        {
            _status = await Status.StatusAsync(_actor!, _closed.Token);
            _hasFailed = false;
            _tick++;
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is closed.
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _hasFailed = _status is null;
        }
    }

    private async Task OnFeedAsync(FeedBatch batch)
    {
        await ShowAnewAsync();
        try
        {
            await Task.Delay(Rest, Clock, _closed.Token);
        }
        catch (OperationCanceledException)
        {
            // Closed while resting.
        }
    }

    private void OnMonitor() => _ = ShowAnewAsync();

    private Task ShowAnewAsync() =>
        InvokeAsync(async () =>
        {
            if (!_closed.IsCancellationRequested)
            {
                await ReadAsync();
                StateHasChanged();
            }
        });

    private async Task TogglePauseAsync()
    {
        _message = null;
        try
        {
            await (
                _status!.PausedAt is null
                    ? Admin.PauseAsync(_actor!, _closed.Token)
                    : Admin.ResumeAsync(_actor!, _closed.Token)
            );
            await ReadAsync();
        }
        catch (Exception exception) when (RefusedAct.KeyOf(exception) is not null)
        {
            _message = RefusedAct.KeyOf(exception);
        }
    }
}
