using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Keeps step with HubSpot for as long as this instance holds the lease.</summary>
public sealed partial class SyncEngine(
    HubDatabase database,
    HubSpotClient client,
    HubSpotLimiter limiter,
    HubSpotResilience resilience,
    SyncConnection connection,
    SyncMonitor monitor,
    SyncSignal signal,
    IOptions<SyncOptions> options,
    WorkLog work,
    TimeProvider time,
    ILogger<SyncEngine> logger
) : BackgroundService
{
    // How long an edit waits at most when no signal came through.
    private static readonly TimeSpan LookAround = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeaseRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FaultRetry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RefusalRetry = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        monitor.Watch(limiter, resilience);
        monitor.Enter(SyncState.Waiting);
        await connection.Ready.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await HoldAsync(stoppingToken);
                await Task.Delay(LeaseRetry, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // The loop is the last to see a failure: it must outlive every one of them.
                await signal.WaitAsync(Note(failure), time, stoppingToken);
            }
        }
    }

    /// <summary>Binds the account and prepares the rounds; the caller holds the lease.</summary>
    internal async Task<(SyncRound Round, long Fence)> OpenAsync(CancellationToken cancellationToken)
    {
        monitor.Watch(limiter, resilience);
        var fence = await Binding().BindAsync(cancellationToken);
        var session = new SyncSession(client, database, time, options.Value, monitor, fence);
        return (new SyncRound(session, signal.Wake), fence);
    }

    private async Task HoldAsync(CancellationToken stoppingToken)
    {
        await using var lease = await SyncLease.TryTakeAsync(connection.DirectConnectionString, stoppingToken);
        if (lease is null)
        {
            monitor.Enter(SyncState.Waiting);
            return;
        }

        LogLease();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost, stoppingToken);
        var (round, fence) = await OpenAsync(either.Token);
        try
        {
            while (true)
            {
                either.Token.ThrowIfCancellationRequested();
                if (await IsPausedAsync(either.Token))
                {
                    monitor.Enter(SyncState.Paused);
                    await round.RestAsync(either.Token);
                    await signal.WaitAsync(LeaseRetry, time, either.Token);
                    continue;
                }

                await TurnAsync(round, either.Token);
            }
        }
        finally
        {
            // Before the lease goes to somebody else: nothing of ours may reach HubSpot then.
            await round.DisposeAsync();
            if (!lease.Lost.IsCancellationRequested)
            {
                await Binding().ReleaseAsync(fence, CancellationToken.None);
            }
        }
    }

    private async Task TurnAsync(SyncRound round, CancellationToken cancellationToken)
    {
        try
        {
            var busy = await work.RunAsync(BackgroundWork.Sync, () => round.RunOnceAsync(cancellationToken));
            monitor.Enter(SyncState.Running);
            if (!busy)
            {
                await signal.WaitAsync(LookAround, time, cancellationToken);
            }
        }
        catch (HubSpotException failure)
            when (failure is not (HubSpotUnauthorizedException or HubSpotForbiddenException))
        {
            // HubSpot is away or slow: the lease is kept, and what was to be done waits.
            await signal.WaitAsync(Note(failure), time, cancellationToken);
        }
    }

    private TimeSpan Note(Exception failure)
    {
        var (state, fault, wait) = failure switch
        {
            SyncRefusedException refused => (SyncState.Refused, refused.Fault, RefusalRetry),
            HubSpotUnauthorizedException => (SyncState.Refused, SyncFault.Unauthorized, RefusalRetry),
            HubSpotForbiddenException => (SyncState.Refused, SyncFault.Forbidden, RefusalRetry),
            HubSpotException away => (SyncState.Failing, SyncFault.Unreachable, Shorter(away.RetryAfter)),
            _ => (SyncState.Failing, SyncFault.Internal, FaultRetry),
        };
        monitor.Enter(state, fault, failure is HubSpotException or SyncRefusedException ? failure.Message : null);
        LogFault(failure, fault);
        return wait;
    }

    private static TimeSpan Shorter(TimeSpan? asked) =>
        asked > FaultRetry && asked < RefusalRetry ? asked.Value : FaultRetry;

    private async Task<bool> IsPausedAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await db.HubSpotAccounts.AnyAsync(account => account.PausedAt != null, cancellationToken);
    }

    private AccountBinding Binding() => new(database, client, options.Value, time);

    [LoggerMessage(LogLevel.Information, "This instance keeps step with HubSpot from now on")]
    private partial void LogLease();

    [LoggerMessage(LogLevel.Warning, "The sync with HubSpot stopped for a while: {Fault}")]
    private partial void LogFault(Exception failure, SyncFault fault);
}

/// <summary>Where PostgreSQL is reached without a transaction pooler.</summary>
/// <param name="DirectConnectionString">For the lease and for LISTEN.</param>
public sealed record SyncConnection(string DirectConnectionString)
{
    /// <summary>Ends when HubSpot may be called; the built-in sandbox takes a moment to start.</summary>
    public Task Ready { get; init; } = Task.CompletedTask;
}
