using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Backups;

/// <summary>
/// Makes the daily backup in the background, and what admins ask for on the page. On several instances whichever comes first
/// does it.
/// </summary>
public sealed partial class BackupKeeping(
    HubDatabase database,
    BackupShelf shelf,
    BackupRunner runner,
    BackupPlan plan,
    AgencySignal signal,
    WorkLog work,
    TimeProvider time,
    ILogger<BackupKeeping> logger
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly WakeSignal _wakes = new();

    /// <summary>Does what is due now.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (shelf.Folder is null)
        {
            return;
        }

        await CarryOutAsync(await WaitingAsync(cancellationToken), cancellationToken);
        if (await IsDueAsync(cancellationToken))
        {
            await runner.BackUpAsync(plan.NewRun(), null, cancellationToken, IsDueAsync);
        }
    }

    /// <summary>Does what was asked for, unless another instance has done it since it was read.</summary>
    internal async Task CarryOutAsync(IReadOnlyList<BackupRun> waiting, CancellationToken cancellationToken)
    {
        foreach (var asked in waiting)
        {
            await (
                asked.Kind is BackupRunKind.Backup
                    ? runner.BackUpAsync(asked, null, cancellationToken, IsWaitingAsync)
                    : runner.VerifyAsync(asked, null, cancellationToken, IsWaitingAsync)
            );

            async Task<bool> IsWaitingAsync(CancellationToken token)
            {
                await using var db = await database.ReadAsync(token);
                return await db.BackupRuns.AnyAsync(
                    run => run.Id == asked.Id && run.Result == BackupResult.Waiting,
                    token
                );
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (shelf.Folder is null)
        {
            return;
        }

        signal.Join(AgencyTopic.Backups, _wakes.Wake);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    await work.RunAsync(BackgroundWork.Backups, () => KeepAsync(stoppingToken));
                }
                catch (Exception exception) when (DatabaseOutage.MayPass(exception))
                {
                    // What is due stays due.
                    LogFailed(exception);
                }

                await _wakes.WaitAsync(Interval, time, stoppingToken);
            }
        }
        finally
        {
            signal.Leave(AgencyTopic.Backups, _wakes.Wake);
        }
    }

    private async Task<bool> IsDueAsync(CancellationToken cancellationToken) =>
        await plan.NextRunAsync(cancellationToken) is { } next && next <= time.GetUtcNow();

    private async Task<List<BackupRun>> WaitingAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await db
            .BackupRuns.Where(run => run.Result == BackupResult.Waiting)
            .OrderBy(run => run.AskedAt)
            .ToListAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Backups could not be looked after; the next try is in a minute")]
    private partial void LogFailed(Exception exception);
}
