using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Claims;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Bulk;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>One batch of an import, inside the runner's transaction: of the check, the run or the undo.</summary>
public sealed partial class ImportWork(
    IServiceScopeFactory scopes,
    Protection protection,
    LeadInputValidator validator,
    ImportVocabulary vocabulary,
    LeadOptionBook book
)
{
    /// <summary>Rows of a batch that creates and changes leads.</summary>
    public const int BatchSize = 500;

    /// <summary>Rows of a batch that only looks.</summary>
    public const int CheckSize = 2_000;

    // Of the import that this instance did last; taken out while a batch uses it.
    private KeysSeen? _seen;

    /// <summary>Does the next batch.</summary>
    /// <returns>True when every row has had its turn.</returns>
    internal async Task<bool> RunAsync(
        HubDbContext db,
        LeadImport import,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        // What a batch looks for, it finds by indexes: by its usual reckoning, and the statistics of before the import, PostgreSQL
        // would read the whole table for some thousand keys.
        await db.Database.ExecuteSqlAsync($"SET LOCAL random_page_cost = 1.1", cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var leads = scope.ServiceProvider.GetRequiredService<LeadService>();
        return import.State switch
        {
            ImportState.Checking => await CheckAsync(db, import, actor, cancellationToken),
            ImportState.Running => await BringAsync(db, leads, import, actor, cancellationToken),
            ImportState.Undoing => await UndoAsync(db, leads, import, actor, cancellationToken),
            _ => true,
        };
    }

    private async Task<bool> CheckAsync(
        HubDbContext db,
        LeadImport import,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        if (import.Total == 0)
        {
            return await LoadAsync(db, import, cancellationToken);
        }

        var seen = TakeSeen(import);
        var rows = await db
            .LeadImportRows.AsNoTracking()
            .Where(row => row.ImportId == import.Id && row.Plan == ImportOutcome.Waiting && row.Number > seen.UpTo)
            .OrderBy(row => row.Number)
            .Take(CheckSize)
            .ToListAsync(cancellationToken);
        var read = await ReadAsync(db, import, actor, rows, cancellationToken);
        var verdicts = await JudgeAsync(db, import, actor, read, seen, cancellationToken);
        for (var i = 0; i < rows.Count; i++)
        {
            (rows[i].Plan, rows[i].LeadId, rows[i].Faults) = (
                verdicts[i].Outcome,
                verdicts[i].LeadId,
                verdicts[i].Faults
            );
            rows[i].Keys = read[i].Keys;
        }

        await ImportRows.StoreAsync(db, import.Id, rows, cancellationToken);
        Count(import, rows.Select(row => row.Plan));
        return rows.Count < CheckSize;
    }

    private static async Task<bool> LoadAsync(HubDbContext db, LeadImport import, CancellationToken cancellationToken)
    {
        try
        {
            import.Total = await ImportRows.LoadAsync(db, import, cancellationToken);
            return false;
        }
        catch (UnreadableFileException unreadable)
        {
            import.Trouble = unreadable.Trouble;
            return true;
        }
    }

    private async Task<bool> BringAsync(
        HubDbContext db,
        LeadService leads,
        LeadImport import,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var seen = TakeSeen(import);
        var rows = await db
            .LeadImportRows.AsNoTracking()
            .Where(row => row.ImportId == import.Id && row.Outcome == ImportOutcome.Waiting && row.Number > seen.UpTo)
            .OrderBy(row => row.Number)
            .Take(BatchSize)
            .ToListAsync(cancellationToken);
        var read = await ReadAsync(db, import, actor, rows, cancellationToken);
        await DuplicateCheck.LockPhonesAsync(db, [.. read.SelectMany(row => row.Phones)], cancellationToken);
        var verdicts = await JudgeAsync(db, import, actor, read, seen, cancellationToken);
        var brought = read.Select(row => Brought(import, row)).ToList();
        var batch = await leads.BeginBatchAsync(
            db,
            actor,
            [.. brought.Where((_, i) => verdicts[i].Outcome is ImportOutcome.Created)],
            cancellationToken
        );
        // What an earlier row of the batch has just made.
        var made = new Dictionary<int, Guid>();
        for (var i = 0; i < rows.Count; i++)
        {
            var leadId =
                verdicts[i].LeadId
                ?? (verdicts[i].Twin is { } twin && made.TryGetValue(twin, out var its) ? its : null);
            await BringOneAsync(
                leads,
                batch,
                rows[i],
                brought[i],
                verdicts[i] with
                {
                    LeadId = leadId,
                },
                cancellationToken
            );
            if (rows[i] is { Outcome: ImportOutcome.Created or ImportOutcome.Updated, LeadId: { } id })
            {
                made[rows[i].Number] = id;
            }
        }

        await batch.StoreAsync(cancellationToken);
        await NumberEventsAsync(db, rows, cancellationToken);
        await ImportRows.StoreAsync(db, import.Id, rows, cancellationToken);
        Count(import, rows.Select(row => row.Outcome));
        return rows.Count < BatchSize;
    }

    private static LeadBrought Brought(LeadImport import, ReadRow row) =>
        new(
            row.Input,
            row.Given,
            row.Stage?.Id,
            row.NamesAgent,
            row.NamesAgent ? row.AgentId : import.AgentId,
            row.Tags
        );

    private static async Task BringOneAsync(
        LeadService leads,
        BroughtBatch batch,
        LeadImportRow row,
        LeadBrought brought,
        RowVerdict verdict,
        CancellationToken cancellationToken
    )
    {
        (row.Outcome, row.LeadId, row.Faults) = (verdict.Outcome, verdict.LeadId, verdict.Faults);
        try
        {
            if (verdict.Outcome is ImportOutcome.Created)
            {
                row.LeadId = leads.Bring(batch, brought).Id;
            }
            else if (verdict.Outcome is ImportOutcome.Updated)
            {
                // It may be about a lead that an earlier row has just made.
                await batch.StoreAsync(cancellationToken);
                row.Changes = verdict.LeadId is { } leadId
                    ? await leads.BringIntoAsync(batch.Db, batch.Recorder.Actor, leadId, brought, cancellationToken)
                    : throw new NotFoundException("Lead");
                if (row.Changes.Count == 0)
                {
                    (row.Outcome, row.Faults) = (
                        ImportOutcome.Skipped,
                        [new ImportFault("", ImportFaultCode.NothingNew)]
                    );
                }
            }
        }
        catch (Exception refusal) when (FaultsOf(refusal) is { } faults)
        {
            (row.Outcome, row.Faults) = (ImportOutcome.Refused, faults);
        }
    }

    /// <summary>What a refusal of the lead's own service means for a row; null for what is no refusal.</summary>
    internal static IReadOnlyList<ImportFault>? FaultsOf(Exception refusal) =>
        refusal switch
        {
            InvalidInputException input =>
            [
                .. input.Errors.Select(error => new ImportFault(
                    error.Field,
                    error.Code,
                    Convert.ToString(error.Limit, System.Globalization.CultureInfo.InvariantCulture)
                )),
            ],
            NotFoundException or ClientErasedException or LeadMergedException =>
            [
                new ImportFault("", ImportFaultCode.LeadIsGone),
            ],
            ForbiddenException => [new ImportFault("", ImportFaultCode.NotAllowed)],
            _ => null,
        };

    private async Task<List<ReadRow>> ReadAsync(
        HubDbContext db,
        LeadImport import,
        Actor actor,
        List<LeadImportRow> rows,
        CancellationToken cancellationToken
    )
    {
        var directory = await ImportDirectory.OpenAsync(db, actor, cancellationToken);
        var reader = new RowReader(import, directory, vocabulary, book);
        // Cells that an erasure took away while the import waited leave a row without anything.
        return rows.ConvertAll(row => reader.Read(row.Number, row.Cells ?? []));
    }

    private async Task<IReadOnlyList<RowVerdict>> JudgeAsync(
        HubDbContext db,
        LeadImport import,
        Actor actor,
        List<ReadRow> read,
        KeysSeen seen,
        CancellationToken cancellationToken
    )
    {
        var judge = new ImportJudge(protection, validator, seen);
        var verdicts = await judge.JudgeAsync(db, actor, import, read, cancellationToken);
        _seen = seen;
        return verdicts;
    }

    // Nothing of an earlier check or run: each begins with nothing processed.
    private KeysSeen TakeSeen(LeadImport import) =>
        Interlocked.Exchange(ref _seen, null) is { } seen && import.Processed > 0 && seen.IsOf(import)
            ? seen
            : new KeysSeen(import);

    // The database numbers the events as they are saved.
    private static async Task NumberEventsAsync(
        HubDbContext db,
        List<LeadImportRow> rows,
        CancellationToken cancellationToken
    )
    {
        await db.SaveChangesAsync(cancellationToken);
        var events = db
            .ChangeTracker.Entries<LeadEvent>()
            .ToLookup(entry => entry.Entity.LeadId, entry => entry.Entity.Id);
        foreach (var row in rows.Where(row => row.Outcome is ImportOutcome.Created or ImportOutcome.Updated))
        {
            row.EventId = events[row.LeadId!.Value].Select(id => (long?)id).Max();
        }
    }

    private static void Count(LeadImport import, IEnumerable<ImportOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            import.Processed++;
            import.Created += outcome is ImportOutcome.Created ? 1 : 0;
            import.Updated += outcome is ImportOutcome.Updated ? 1 : 0;
            import.Skipped += outcome is ImportOutcome.Skipped ? 1 : 0;
            import.Refused += outcome is ImportOutcome.Refused ? 1 : 0;
        }
    }
}
