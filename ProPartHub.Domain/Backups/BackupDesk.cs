using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Backups;

/// <summary>How backups stand. Times are UTC.</summary>
/// <param name="Folder">Where they are; null where nothing is backed up by itself.</param>
/// <param name="FreeBytes">Free on that disk; null where it cannot be told.</param>
/// <param name="NextRun">When the next is made; past where it is due.</param>
/// <param name="LastGood">When the newest was begun that is known to be good.</param>
/// <param name="IsLate">True where that is too long ago.</param>
/// <param name="Backups">What is there, newest first.</param>
/// <param name="Runs">The newest runs, newest first, with what is under way.</param>
public sealed record BackupOverview(
    string? Folder,
    long? FreeBytes,
    DateTimeOffset? NextRun,
    DateTimeOffset? LastGood,
    bool IsLate,
    IReadOnlyList<StoredBackup> Backups,
    IReadOnlyList<BackupRun> Runs
)
{
    /// <summary>What is under way or waits for its turn; null for nothing.</summary>
    public BackupRun? Current =>
        Runs.FirstOrDefault(run => run.Result is BackupResult.Running)
        ?? Runs.LastOrDefault(run => run.Result is BackupResult.Waiting);
}

/// <summary>What admins see of backups and may ask for. Nothing is handed out and nothing is deleted through it.</summary>
public sealed class BackupDesk(HubDatabase database, BackupShelf shelf, BackupPlan plan, TimeProvider time)
{
    /// <summary>So many runs are shown.</summary>
    public const int RunsShown = 20;

    /// <summary>A good backup older than this is too old, while one is made each day.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromDays(2);

    /// <summary>How backups stand.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<BackupOverview> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        RequireAdmin(actor);
        var lastGood = await plan.LastGoodAsync(cancellationToken);
        await using var db = await database.ReadAsync(cancellationToken);
        var runs = await db
            .BackupRuns.OrderByDescending(run => run.AskedAt)
            .ThenByDescending(run => run.Id)
            .Take(RunsShown)
            .ToListAsync(cancellationToken);
        return new(
            shelf.Folder,
            FreeBytes(shelf.Folder),
            await plan.NextRunAsync(cancellationToken),
            lastGood,
            shelf.Folder is not null && !(time.GetUtcNow() - lastGood < LateAfter),
            await BackupShelf.ListAsync(shelf.Folder, cancellationToken),
            runs
        );
    }

    /// <summary>Asks for a backup now; an instance takes it up within seconds.</summary>
    /// <returns>False where one is waited for or under way already, or no folder is set.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public Task<bool> AskForBackupAsync(Actor actor, CancellationToken cancellationToken)
    {
        RequireAdmin(actor.Writing());
        return AskAsync(plan.NewRun(BackupRunKind.Backup, actor, null), cancellationToken);
    }

    /// <summary>Asks for a look at a backup that is there.</summary>
    /// <inheritdoc cref="AskForBackupAsync"/>
    /// <exception cref="NotFoundException">There is no such backup.</exception>
    public async Task<bool> AskForVerificationAsync(Actor actor, string name, CancellationToken cancellationToken)
    {
        RequireAdmin(actor.Writing());
        var backups = await BackupShelf.ListAsync(shelf.Folder, cancellationToken);
        return backups.Any(backup => backup.Name == name)
            ? await AskAsync(plan.NewRun(BackupRunKind.Verification, actor, name), cancellationToken)
            : throw new NotFoundException("Backup");
    }

    private async Task<bool> AskAsync(BackupRun run, CancellationToken cancellationToken) =>
        shelf.Folder is not null
        && await database.InTransactionAsync(
            async (db, token) =>
            {
                // Two admins' clicks at once would both find nothing under way.
                await db.Database.ExecuteSqlAsync(
                    $"SELECT pg_advisory_xact_lock(hashtext({nameof(BackupRun)}))",
                    token
                );
                if (
                    await db.BackupRuns.AnyAsync(
                        row => row.Result == BackupResult.Waiting && row.Kind == run.Kind && row.Name == run.Name,
                        token
                    )
                )
                {
                    return false;
                }

                db.BackupRuns.Add(run);
                return true;
            },
            cancellationToken
        );

    private static long? FreeBytes(string? folder)
    {
        try
        {
            return folder is null ? null : new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private static void RequireAdmin(Actor actor)
    {
        if (actor.Role is not Role.Admin)
        {
            throw ForbiddenException.For(actor, GuardedAct.HandleBackups);
        }
    }
}
