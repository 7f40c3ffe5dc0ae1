using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>
/// Carries imports out, a batch in a transaction. The import's row is locked for that long and rows that another instance
/// has locked are skipped: several instances share the work, no row of a file is done twice, and a process that dies leaves
/// everything as it was before its batch.
/// </summary>
public sealed partial class ImportRunner(
    HubDatabase database,
    ImportWork work,
    ImportSignal signal,
    RefusalLog refusals,
    WorkLog log,
    TimeProvider time,
    ILogger<ImportRunner> logger
) : BackgroundService
{
    private const int MostFailures = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    /// <summary>Carries out one batch of the import that has waited longest.</summary>
    /// <returns>False when nothing is due.</returns>
    public async Task<bool> RunNextAsync(CancellationToken cancellationToken)
    {
        var taken = Guid.Empty;
        try
        {
            await database.InTransactionAsync(
                async (db, token) =>
                {
                    var now = time.GetUtcNow();
                    var import = await db
                        .LeadImports.FromSql(
                            $"""
                            SELECT * FROM lead_imports WHERE due_at <= {now}
                            ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
                            """
                        )
                        .SingleOrDefaultAsync(token);
                    taken = import?.Id ?? Guid.Empty;
                    if (import is not null)
                    {
                        await RunBatchAsync(db, import, token);
                    }
                },
                cancellationToken
            );
        }
        catch (Exception failure) when (taken != Guid.Empty && !cancellationToken.IsCancellationRequested)
        {
            LogFailure(taken, failure);
            await PutOffAsync(taken, cancellationToken);
        }

        return taken != Guid.Empty;
    }

    /// <summary>Removes files nobody started, and what has been kept long enough of the others.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (draft, kept) = (now - LeadImport.KeepDraft, now - LeadImport.Keep);
        await database.InTransactionAsync(
            async (db, token) =>
            {
                await db
                    .LeadImports.Where(import =>
                        import.EmptiedAt == null
                        && import.TouchedAt < draft
                        && (import.State == ImportState.Draft || import.State == ImportState.Checked)
                    )
                    .ExecuteDeleteAsync(token);
                var old = await db
                    .LeadImports.Where(import =>
                        import.EmptiedAt == null && import.TouchedAt < kept && import.DueAt == null
                    )
                    .OrderBy(import => import.TouchedAt)
                    .Take(10)
                    .ToListAsync(token);
                foreach (var import in old)
                {
                    (import.EmptiedAt, import.Headings) = (now, []);
                    await db
                        .LeadImportRows.Where(row => row.ImportId == import.Id)
                        .ExecuteUpdateAsync(
                            row =>
                                row.SetProperty(member => member.Cells, (IReadOnlyList<string>?)null)
                                    .SetProperty(member => member.Keys, (string[]?)null)
                                    .SetProperty(member => member.Changes, (IReadOnlyList<Timeline.FieldChange>?)null),
                            token
                        );
                }
            },
            cancellationToken
        );
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await log.RunAsync(
                    BackgroundWork.Imports,
                    async () =>
                    {
                        while (await RunNextAsync(stoppingToken)) { }

                        await ForgetAsync(stoppingToken);
                    }
                );
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogUnreadable(failure);
            }

            await signal.WaitAsync(stoppingToken);
        }
    }

    private async Task RunBatchAsync(HubDbContext db, LeadImport import, CancellationToken cancellationToken)
    {
        // As the person is now: who was moved to another team or switched off meanwhile has the rights of now.
        var personId = import.State is ImportState.Undoing ? import.UndoneById ?? import.ActorId : import.ActorId;
        var user = await db.Users.AsNoTracking().SingleAsync(row => row.Id == personId, cancellationToken);
        var actor = user.ToActor(import.Address) with { Refusals = refusals };
        var isOver = import.StopAskedAt is not null || !user.IsActive || !LeadImports.MayImport(actor);
        if (isOver || await work.RunAsync(db, import, actor, cancellationToken))
        {
            End(db, import, actor);
        }
        else
        {
            import.DueAt = time.GetUtcNow();
        }

        import.Failures = 0;
    }

    private void End(HubDbContext db, LeadImport import, Actor actor)
    {
        var now = time.GetUtcNow();
        var ended = import.State;
        // A check that was stopped is as if it had not been asked for.
        import.State = ended switch
        {
            ImportState.Checking when import.StopAskedAt is not null || import.Trouble is not null => ImportState.Draft,
            ImportState.Checking => ImportState.Checked,
            ImportState.Running => ImportState.Done,
            ImportState.Undoing => ImportState.Undone,
            _ => ended,
        };
        (import.DueAt, import.StopAskedAt, import.TouchedAt) = (null, null, now);
        switch (ended)
        {
            case ImportState.Running:
                import.FinishedAt = now;
                db.SecurityEvents.Add(ImportRecord.Ended(import, actor, time));
                break;
            case ImportState.Undoing:
                import.UndoneAt = now;
                db.SecurityEvents.Add(ImportRecord.Undone(import, actor, time));
                break;
        }
    }

    // A batch that fails again and again must not keep the others waiting for ever.
    private Task PutOffAsync(Guid importId, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var import = await db.LeadImports.SingleAsync(row => row.Id == importId, token);
                import.Failures++;
                import.DueAt = time.GetUtcNow() + (Pause * import.Failures);
                if (import.Failures >= MostFailures)
                {
                    var user = await db.Users.AsNoTracking().SingleAsync(row => row.Id == import.ActorId, token);
                    import.StopAskedAt = time.GetUtcNow();
                    import.Failures = 0;
                    End(db, import, user.ToActor(import.Address));
                }
            },
            cancellationToken
        );

    [LoggerMessage(LogLevel.Error, "A batch of the import {Import} failed; it is tried again")]
    private partial void LogFailure(Guid import, Exception failure);

    [LoggerMessage(LogLevel.Error, "Imports could not be read; trying again in a moment")]
    private partial void LogUnreadable(Exception failure);
}
