using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Backups;

/// <summary>Writes down what runs do, so that every open page shows it; how they end is in the audit, and told to admins where it is bad.</summary>
public sealed class BackupJournal(HubDatabase database, NotificationWriter notifications, TimeProvider time)
{
    // A backup that fails is tried again and again; who was told knows.
    private static readonly TimeSpan ToldFor = TimeSpan.FromDays(1);
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(1);

    /// <summary>Begins a run. Whoever calls holds the lease, so whatever else says that it runs does not any more.</summary>
    internal Task BeginAsync(BackupRun run, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var now = time.GetUtcNow();
                await db
                    .BackupRuns.Where(row => row.Result == BackupResult.Running && row.Id != run.Id)
                    .ExecuteUpdateAsync(
                        row =>
                            row.SetProperty(each => each.Result, BackupResult.Interrupted)
                                .SetProperty(each => each.EndedAt, now),
                        token
                    );
                var started = await db
                    .BackupRuns.Where(row => row.Id == run.Id)
                    .ExecuteUpdateAsync(
                        row =>
                            row.SetProperty(each => each.Result, BackupResult.Running)
                                .SetProperty(each => each.StartedAt, now),
                        token
                    );
                (run.Result, run.StartedAt) = (BackupResult.Running, now);
                if (started == 0)
                {
                    db.BackupRuns.Add(run);
                }
            },
            cancellationToken
        );

    /// <summary>Hears of a run's progress and writes it down, once a second at most.</summary>
    internal BackupReport ProgressOf(BackupRun run, BackupReport? also)
    {
        var (last, step) = (DateTimeOffset.MinValue, BackupStep.Waiting);
        return async progress =>
        {
            if (also is not null)
            {
                await also(progress);
            }

            var now = time.GetUtcNow();
            if (progress.Step == step && now - last < ProgressEvery)
            {
                return;
            }

            (last, step) = (now, progress.Step);
            await database.InTransactionAsync(
                (db, token) =>
                    db
                        .BackupRuns.Where(row => row.Id == run.Id)
                        .ExecuteUpdateAsync(
                            row =>
                                row.SetProperty(each => each.Step, progress.Step)
                                    .SetProperty(each => each.Done, progress.Done)
                                    .SetProperty(each => each.Total, progress.Total),
                            token
                        ),
                CancellationToken.None
            );
        };
    }

    /// <summary>Ends a run as its fields say.</summary>
    internal Task EndAsync(BackupRun run, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                run.EndedAt = time.GetUtcNow();
                var words = ReadableText.Cut(run.Words, BackupRun.WordsLength);
                await db
                    .BackupRuns.Where(row => row.Id == run.Id)
                    .ExecuteUpdateAsync(
                        row =>
                            row.SetProperty(each => each.Result, run.Result)
                                .SetProperty(each => each.EndedAt, run.EndedAt)
                                .SetProperty(each => each.Name, run.Name)
                                .SetProperty(each => each.Size, run.Size)
                                .SetProperty(each => each.Added, run.Added)
                                .SetProperty(each => each.Check, run.Check)
                                .SetProperty(each => each.Words, words),
                        token
                    );
                if (run is { Kind: BackupRunKind.Verification, Place: null })
                {
                    await NoteCheckAsync(db, run, token);
                }

                db.SecurityEvents.Add(EventOf(run));
                if (run.Result is BackupResult.Failed)
                {
                    await TellAdminsAsync(db, run, token);
                }
            },
            cancellationToken
        );

    // A look at a backup also counts for the run that made it.
    private static Task<int> NoteCheckAsync(HubDbContext db, BackupRun run, CancellationToken cancellationToken) =>
        db
            .BackupRuns.Where(row =>
                row.Kind == BackupRunKind.Backup
                && row.Name == run.Name
                && row.Place == null
                && run.Check != BackupCheck.None
            )
            .ExecuteUpdateAsync(row => row.SetProperty(each => each.Check, run.Check), cancellationToken);

    private SecurityEvent EventOf(BackupRun run) =>
        SecurityLog.Entry(
            run.Kind is BackupRunKind.Backup ? SecurityEventKind.BackupMade : SecurityEventKind.BackupVerified,
            new Actor(run.ById ?? Guid.Empty, run.ByName, Role.Admin, null),
            time,
            null,
            ("backup", run.Name),
            ("result", run.Result.ToString()),
            ("check", run.Check.ToString())
        );

    private async Task TellAdminsAsync(HubDbContext db, BackupRun run, CancellationToken cancellationToken)
    {
        var since = run.EndedAt - ToldFor;
        if (
            await db.Notifications.AnyAsync(
                row => row.Kind == NotificationKind.BackupFailed && row.CreatedAt > since,
                cancellationToken
            )
        )
        {
            return;
        }

        var admins = await db
            .Users.Where(user => user.IsActive && user.Role == Role.Admin)
            .Select(user => user.Id)
            .ToListAsync(cancellationToken);
        var key = string.Create(CultureInfo.InvariantCulture, $"backup:{run.Id:N}");
        await notifications.WriteAsync(
            db,
            [.. admins.Select(admin => new Occasion(admin, NotificationKind.BackupFailed, key, run.EndedAt!.Value))],
            cancellationToken
        );
    }
}
