using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Telemetry;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Privacy;

/// <summary>
/// Erases the clients of leads that have lain in the archive for longer than the settings say; off by default. Removes the
/// files of comments whose time has come. Looks every hour; on several instances one lead is erased once, by whichever comes
/// first.
/// </summary>
public sealed partial class ArchiveRetention(
    HubDatabase database,
    ClientErasure erasure,
    AttachmentSweep attachments,
    IOptions<PrivacyOptions> options,
    WorkLog work,
    TimeProvider time,
    ILogger<ArchiveRetention> logger
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Erases what is due.</summary>
    /// <returns>How many leads were erased.</returns>
    public async Task<int> ApplyAsync(CancellationToken cancellationToken)
    {
        if (options.Value.EraseArchivedAfterDays is not (> 0 and var days))
        {
            return 0;
        }

        var erased = 0;
        while (await EraseNextAsync(days, cancellationToken))
        {
            erased++;
        }

        return erased;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        work.Expect(BackgroundWork.Retention);
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await work.RunAsync(BackgroundWork.Retention, () => KeepAsync(stoppingToken));
            }
            catch (Exception exception) when (DatabaseOutage.MayPass(exception))
            {
                LogFailed(exception);
            }
        }
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (await ApplyAsync(cancellationToken) is > 0 and var erased)
        {
            LogErased(erased);
        }

        if (await attachments.RunAsync(cancellationToken) is > 0 and var removed)
        {
            LogRemoved(removed);
        }
    }

    // One lead a transaction: the lock that keeps the seal from being made meanwhile is held briefly.
    private Task<bool> EraseNextAsync(int days, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                await AuditLock.TakeAsync(db, token);
                var before = time.GetUtcNow().AddDays(-days);
                var lead = await db
                    .Leads.Where(row => row.ErasedAt == null && row.ArchivedAt != null && row.ArchivedAt < before)
                    // A merged lead is a part of the one that stayed, and its time comes with that one's.
                    .Where(row => !db.Leads.Any(other => other.Id == row.MergedIntoId && other.ErasedAt == null))
                    .OrderBy(row => row.Number)
                    .FirstOrDefaultAsync(token);
                if (lead is null)
                {
                    return false;
                }

                var reason = string.Create(CultureInfo.InvariantCulture, $"archived for {days} days");
                await erasure.EraseAsync(db, Actor.System, lead, reason, token);
                return true;
            },
            cancellationToken
        );

    [LoggerMessage(LogLevel.Information, "The clients of {Count} leads past their time in the archive were erased")]
    private partial void LogErased(int count);

    [LoggerMessage(LogLevel.Information, "{Count} files of comments past their time were removed")]
    private partial void LogRemoved(int count);

    [LoggerMessage(
        LogLevel.Warning,
        "Leads past their time in the archive could not be erased; the next try is in an hour"
    )]
    private partial void LogFailed(Exception exception);
}
