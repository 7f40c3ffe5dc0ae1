using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>
/// Imports of leads, as their person prepares, starts, stops and takes them back; <see cref="ImportRunner"/> carries them
/// out. Managers and admins import; admins reach everybody's imports, managers their own.
/// </summary>
public sealed partial class LeadImports(
    HubDatabase database,
    ImportVocabulary vocabulary,
    LeadOptionBook book,
    LeadInputValidator validator,
    TimeProvider time
)
{
    /// <summary>True for those who may import at all.</summary>
    public static bool MayImport(Actor actor) => actor.Role is Role.Manager or Role.Admin;

    /// <summary>Has every row read and judged in the background; no lead is touched.</summary>
    /// <exception cref="InvalidInputException">No column has the client's name, or the actor has too many under way.</exception>
    /// <exception cref="NotFoundException">There is no such import for the actor.</exception>
    public Task CheckAsync(Actor actor, Guid importId, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            importId,
            async (db, import, token) =>
            {
                if (import.State is not (ImportState.Draft or ImportState.Checked))
                {
                    return false;
                }

                RequireNamed(import.Mapping);
                await RefuseTooManyAsync(db, actor, token);
                import.ResetCounts();
                import.Total = 0;
                Begin(import, ImportState.Checking);
                return true;
            },
            cancellationToken
        );

    /// <summary>Goes back from the check to the columns.</summary>
    /// <exception cref="NotFoundException">There is no such import for the actor.</exception>
    public Task GoBackAsync(Actor actor, Guid importId, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            importId,
            async (db, import, token) =>
            {
                if (import.State is not ImportState.Checked)
                {
                    return false;
                }

                await db.LeadImportRows.Where(row => row.ImportId == importId).ExecuteDeleteAsync(token);
                import.ResetCounts();
                (import.Total, import.State) = (0, ImportState.Draft);
                return true;
            },
            cancellationToken
        );

    /// <summary>Has what was checked carried out in the background.</summary>
    /// <exception cref="InvalidInputException">The actor has too many under way.</exception>
    /// <exception cref="NotFoundException">There is no such import for the actor.</exception>
    public Task StartAsync(Actor actor, Guid importId, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            importId,
            async (db, import, token) =>
            {
                if (import.State is not ImportState.Checked)
                {
                    return false;
                }

                await RefuseTooManyAsync(db, actor, token);
                import.ResetCounts();
                import.StartedAt = time.GetUtcNow();
                Begin(import, ImportState.Running);
                await db.LeadImportFiles.Where(file => file.ImportId == importId).ExecuteDeleteAsync(token);
                db.SecurityEvents.Add(ImportRecord.Started(import, actor, time));
                return true;
            },
            cancellationToken
        );

    /// <summary>Stops a check or a run after the batch under way; what was done stays done.</summary>
    /// <exception cref="NotFoundException">There is no such import for the actor.</exception>
    public Task StopAsync(Actor actor, Guid importId, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            importId,
            (_, import, _) =>
            {
                if (import.State is ImportState.Checking or ImportState.Running)
                {
                    import.StopAskedAt ??= time.GetUtcNow();
                }

                return Task.FromResult(true);
            },
            cancellationToken
        );

    /// <summary>
    /// Has an import taken back in the background, but for what somebody has worked on since. It runs with the rights of whoever
    /// asks.
    /// </summary>
    /// <returns>False when it cannot be taken back, or was already.</returns>
    /// <exception cref="NotFoundException">There is no such import for the actor.</exception>
    public Task<bool> UndoAsync(Actor actor, Guid importId, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            importId,
            async (db, import, token) =>
            {
                if (!CanUndo(import))
                {
                    return false;
                }

                import.UndoneById = actor.UserId;
                (import.Processed, import.TakenBack, import.LeftAlone) = (0, 0, 0);
                import.Total = await ImportWork.ToUndo(db, importId).CountAsync(token);
                Begin(import, ImportState.Undoing);
                return true;
            },
            cancellationToken
        );

    /// <summary>Gives a file up that was not imported.</summary>
    /// <exception cref="NotFoundException">There is no such import for the actor.</exception>
    public Task DiscardAsync(Actor actor, Guid importId, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            importId,
            (db, import, _) =>
            {
                if (import.State is ImportState.Draft or ImportState.Checked)
                {
                    db.LeadImports.Remove(import);
                }

                return Task.FromResult(true);
            },
            cancellationToken
        );

    private bool CanUndo(LeadImport import) =>
        import is { State: ImportState.Done, EmptiedAt: null, FinishedAt: { } end }
        && import.Created + import.Updated > 0
        && time.GetUtcNow() - end < LeadImport.Keep;

    private void Begin(LeadImport import, ImportState state)
    {
        (import.State, import.DueAt, import.Failures) = (state, time.GetUtcNow(), 0);
        (import.StopAskedAt, import.Trouble) = (null, null);
    }

    private static Actor Importing(Actor actor) =>
        MayImport(actor) ? actor.Writing() : throw ForbiddenException.For(actor, GuardedAct.ImportLeads);

    private async Task<T> ChangeAsync<T>(
        Actor actor,
        Guid importId,
        Func<HubDbContext, LeadImport, CancellationToken, Task<T>> change,
        CancellationToken cancellationToken
    )
    {
        var writer = Importing(actor);
        return await database.InTransactionAsync(
            async (db, token) =>
            {
                // Locked: the runner's batch ends first.
                var import = await db
                    .LeadImports.FromSql($"SELECT * FROM lead_imports WHERE id = {importId} FOR UPDATE")
                    .SingleOrDefaultAsync(token);
                if (import is null || !IsOf(writer, import.ActorId))
                {
                    throw Missing(writer, isThere: import is not null);
                }

                import.TouchedAt = time.GetUtcNow();
                return await change(db, import, token);
            },
            cancellationToken
        );
    }

    private static bool IsOf(Actor actor, Guid ownerId) => actor.Role is Role.Admin || ownerId == actor.UserId;

    private static NotFoundException Missing(Actor actor, bool isThere) =>
        isThere ? NotFoundException.Hidden(actor, "Import", GuardedAct.ReachImport) : new NotFoundException("Import");
}
