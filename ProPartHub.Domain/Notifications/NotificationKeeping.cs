using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Notifications;

/// <summary>
/// Makes notifications in the background: at once when the change feed tells of an event, and every few seconds what the
/// clock brings. On several instances whichever comes first does it.
/// </summary>
public sealed partial class NotificationKeeping(
    HubDatabase database,
    NotificationMaker maker,
    FollowUpReminders reminders,
    NotificationMails mails,
    LeadFeed feed,
    IOptions<NotificationOptions> options,
    WorkLog work,
    TimeProvider time,
    ILogger<NotificationKeeping> logger
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // Somewhere an older transaction still runs, mostly for some milliseconds.
    private static readonly TimeSpan SoonAgain = TimeSpan.FromMilliseconds(200);

    private readonly WakeSignal _wakes = new();

    /// <summary>Does what is due now.</summary>
    /// <returns>False when events wait for an older transaction to end.</returns>
    public async Task<bool> KeepAsync(CancellationToken cancellationToken)
    {
        var isDone = await maker.MakeAllAsync(cancellationToken);
        await reminders.RemindAsync(cancellationToken);
        await mails.SendDueAsync(cancellationToken);
        await SweepAsync(cancellationToken);
        return isDone;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var pump = feed.Start(
            Actor.System,
            _ =>
            {
                _wakes.Wake();
                return Task.CompletedTask;
            }
        );
        while (!stoppingToken.IsCancellationRequested)
        {
            var isDone = true;
            try
            {
                isDone = await work.RunAsync(BackgroundWork.Notifications, () => KeepAsync(stoppingToken));
            }
            catch (Exception exception) when (DatabaseOutage.MayPass(exception))
            {
                // Nothing is lost: what was not made waits.
                LogFailed(exception);
            }

            // The short wait is for PostgreSQL, which lives by the machine's clock.
            await (
                isDone
                    ? _wakes.WaitAsync(Interval, time, stoppingToken)
                    : _wakes.WaitAsync(SoonAgain, TimeProvider.System, stoppingToken)
            );
        }
    }

    // Once a day over all instances: whoever moves the mark removes what is past its time.
    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (yesterday, oldest) = (now - Day, now.AddDays(-options.Value.KeepDays));
        await using (var db = await database.ReadAsync(cancellationToken))
        {
            if (
                !await db.NotificationCursors.AnyAsync(
                    row => row.SweptAt == null || row.SweptAt <= yesterday,
                    cancellationToken
                )
            )
            {
                return;
            }
        }

        await database.InTransactionAsync(
            async (db, token) =>
            {
                if (
                    await db
                        .NotificationCursors.Where(row => row.SweptAt == null || row.SweptAt <= yesterday)
                        .ExecuteUpdateAsync(row => row.SetProperty(cursor => cursor.SweptAt, now), token) > 0
                )
                {
                    await db.Notifications.Where(row => row.CreatedAt < oldest).ExecuteDeleteAsync(token);
                }
            },
            cancellationToken
        );
    }

    [LoggerMessage(LogLevel.Warning, "Notifications could not be made or mailed; the next try is in a few seconds")]
    private partial void LogFailed(Exception exception);
}
