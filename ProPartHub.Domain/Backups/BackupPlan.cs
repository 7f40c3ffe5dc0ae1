using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Backups;

/// <summary>What the history of runs says of the next one, and of the last good one.</summary>
public sealed class BackupPlan(
    HubDatabase database,
    IOptions<BackupOptions> options,
    AgencyCalendar calendar,
    TimeProvider time
)
{
    /// <summary>When the next backup is made by itself (UTC); null where none is.</summary>
    public async Task<DateTimeOffset?> NextRunAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.IsOn)
        {
            return null;
        }

        // A run of the future is of a clock that was wrong: it must not stand for those that are due until then.
        var now = time.GetUtcNow();
        await using var db = await database.ReadAsync(cancellationToken);
        var runs = Scheduled(db).Where(run => run.StartedAt == null || run.StartedAt <= now);
        var good = await runs.Where(run => run.Result == BackupResult.Done)
            .MaxAsync(run => run.StartedAt, cancellationToken);
        var failed = await runs.Where(run => run.Result == BackupResult.Failed)
            .MaxAsync(run => run.EndedAt, cancellationToken);
        return BackupSchedule.NextRun(now, options.Value.At, calendar, good, failed);
    }

    /// <summary>
    /// When the newest backup was begun that is known to be good: looked at, where that is wanted; null for none (UTC).
    /// </summary>
    public async Task<DateTimeOffset?> LastGoodAsync(CancellationToken cancellationToken)
    {
        var checks = options.Value.Verify;
        await using var db = await database.ReadAsync(cancellationToken);
        return await Scheduled(db)
            .Where(run =>
                run.Check != BackupCheck.Unsound
                && (run.Check != BackupCheck.None || (!checks && run.Result == BackupResult.Done))
            )
            .MaxAsync(run => run.StartedAt, cancellationToken);
    }

    /// <summary>A backup that the clock or the command line asks for now.</summary>
    /// <param name="place">The folder, where it is not the configured one.</param>
    public BackupRun NewRun(string? place = null) => NewRun(BackupRunKind.Backup, Actor.System, null, place);

    /// <summary>A run that somebody asks for now.</summary>
    /// <param name="kind">What it does.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="name">The backup to look at.</param>
    /// <param name="place">The folder, where it is not the configured one.</param>
    internal BackupRun NewRun(BackupRunKind kind, Actor by, string? name, string? place = null) =>
        new()
        {
            Kind = kind,
            Result = BackupResult.Waiting,
            AskedAt = time.GetUtcNow(),
            ById = by.Writing().StoredId,
            ByName = by.Name,
            Name = name,
            Place = place,
        };

    private static IQueryable<BackupRun> Scheduled(HubDbContext db) =>
        db.BackupRuns.Where(run => run.Kind == BackupRunKind.Backup && run.Place == null);
}
