using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Operations;

/// <summary>
/// Notices when the machine's clock is set back, by comparing it with one that only goes on. What waits in the database waits
/// for a moment that was reckoned by the former clock, and would wait for as long as the clock was set back: it becomes due now.
/// </summary>
public sealed partial class ClockWatch(HubDatabase database, TimeProvider time, ILogger<ClockWatch> logger)
    : BackgroundService
{
    /// <summary>How often the clocks are compared.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>So much may be corrected without a word: less than any pause between two tries.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    // Nothing waits longer by itself. A mark beyond is of a clock that was wrong before this process started.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var ahead = Ahead();
        var (jump, beyond) = (LongestWait, time.GetUtcNow() + LongestWait);
        var isOwed = true;
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            var now = Ahead();
            if (now - ahead < -Tolerance)
            {
                (jump, beyond, isOwed) = (ahead - now, time.GetUtcNow(), true);
                LogSetBack(jump);
            }

            ahead = now;
            isOwed = isOwed && !await TryAsync(jump, beyond, stoppingToken);
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // How far the clock stands ahead of the one that only goes on; it changes when the clock is set.
    private TimeSpan Ahead() => time.GetUtcNow() - DateTimeOffset.UnixEpoch - time.Steady();

    private async Task<bool> TryAsync(TimeSpan jump, DateTimeOffset beyond, CancellationToken cancellationToken)
    {
        try
        {
            await database.InTransactionAsync((db, token) => MakeDueAsync(db, jump, beyond, token), cancellationToken);
            return true;
        }
        catch (Exception failure) when (DatabaseOutage.MayPass(failure))
        {
            LogFailed(failure);
            return false;
        }
    }

    // HubSpot's changes were read up to a moment by the former clock: they are read again from where it was by this one.
    private async Task MakeDueAsync(
        HubDbContext db,
        TimeSpan jump,
        DateTimeOffset beyond,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE mails SET next_try_at = {now} WHERE next_try_at > {beyond} AND sent_at IS NULL AND given_up_at IS NULL;
            UPDATE outbox SET due_at = {now} WHERE due_at > {beyond} AND parked_at IS NULL;
            UPDATE bulk_acts SET due_at = {now} WHERE due_at > {beyond} AND finished_at IS NULL;
            UPDATE lead_imports SET due_at = {now} WHERE due_at > {beyond};
            UPDATE audit_seal_state SET kept_at = {now} WHERE kept_at > {beyond};
            UPDATE notification_cursor SET swept_at = {now} WHERE swept_at > {beyond};
            UPDATE sync_cursors SET polled_up_to = least(polled_up_to - {jump}, {now}) WHERE polled_up_to > {beyond};
            """,
            cancellationToken
        );
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The clock was set back by {Jump}; what waited for a moment after that is due now"
    )]
    private partial void LogSetBack(TimeSpan jump);

    [LoggerMessage(LogLevel.Warning, "What waits could not be set by the new clock; the next try is in a few seconds")]
    private partial void LogFailed(Exception exception);
}
