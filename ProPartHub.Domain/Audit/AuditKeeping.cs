using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Audit;

/// <summary>
/// Keeps the audit in the background: seals every few seconds, and once a day erases what is past its retention, verifies
/// the chain and writes its head to the log. On several instances whichever comes first does it.
/// </summary>
public sealed partial class AuditKeeping(
    HubDatabase database,
    AuditSealer sealer,
    AuditRetention retention,
    AuditVerification verification,
    WorkLog work,
    TimeProvider time,
    ILogger<AuditKeeping> logger
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Does what is due now.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        await sealer.SealAllAsync(cancellationToken);
        if (!await TakeDayAsync(cancellationToken))
        {
            return;
        }

        var erased = await retention.ApplyAsync(cancellationToken);
        var verdict = await verification.VerifyAsync(expectedHead: null, cancellationToken);
        if (verdict.Fault is { } fault)
        {
            LogFault(fault.ToString(), verdict.IntactUpTo, verdict.Head);
        }
        else
        {
            LogHead(verdict.IntactUpTo, verdict.Head, erased);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await work.RunAsync(BackgroundWork.Audit, () => KeepAsync(stoppingToken));
            }
            catch (Exception exception) when (DatabaseOutage.MayPass(exception))
            {
                // Nothing is lost: what was not sealed waits.
                LogFailed(exception);
            }
        }
    }

    // Once a day over all instances: whoever moves the mark does the day's work.
    private async Task<bool> TakeDayAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var yesterday = now - Day;
        await using (var db = await database.ReadAsync(cancellationToken))
        {
            if (
                !await db.AuditSealStates.AnyAsync(
                    row => row.KeptAt == null || row.KeptAt <= yesterday,
                    cancellationToken
                )
            )
            {
                return false;
            }
        }

        return await database.InTransactionAsync(
            async (db, token) =>
                await db
                    .AuditSealStates.Where(row => row.KeptAt == null || row.KeptAt <= yesterday)
                    .ExecuteUpdateAsync(row => row.SetProperty(state => state.KeptAt, now), token) > 0,
            cancellationToken
        );
    }

    [LoggerMessage(
        LogLevel.Information,
        "The audit is intact up to link {Position}, head {Head}; content of {Erased} events past their retention was erased"
    )]
    private partial void LogHead(long position, string head, int erased);

    [LoggerMessage(
        LogLevel.Error,
        "The audit is NOT intact: {Fault}; it is intact up to link {Position}, head {Head}. Run verify-audit"
    )]
    private partial void LogFault(string fault, long position, string head);

    [LoggerMessage(LogLevel.Warning, "The audit could not be sealed or kept; the next try is in a few seconds")]
    private partial void LogFailed(Exception exception);
}
