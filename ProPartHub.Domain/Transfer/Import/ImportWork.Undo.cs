using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Transfer.Import;

/// <content>Takes an import back, the last row first.</content>
public sealed partial class ImportWork
{
    /// <summary>
    /// The rows that an undo is about: leads that the import made, and those that it changed. What later rows did to a lead that
    /// the import itself made goes with that lead.
    /// </summary>
    internal static IQueryable<LeadImportRow> ToUndo(HubDbContext db, Guid importId) =>
        db.LeadImportRows.Where(row =>
            row.ImportId == importId
            && row.LeadId != null
            && (
                row.Outcome == ImportOutcome.Created
                || (
                    row.Outcome == ImportOutcome.Updated
                    && !db.LeadImportRows.Any(made =>
                        made.ImportId == importId && made.LeadId == row.LeadId && made.Outcome == ImportOutcome.Created
                    )
                )
            )
        );

    private static async Task<bool> UndoAsync(
        HubDbContext db,
        LeadService leads,
        LeadImport import,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var rows = await ToUndo(db, import.Id)
            .Where(row => row.Undo == null)
            .OrderByDescending(row => row.Number)
            .Take(BatchSize)
            .ToListAsync(cancellationToken);
        var ids = rows.Select(row => row.LeadId).ToList();
        var last = await db
            .LeadImportRows.Where(row => row.ImportId == import.Id && ids.Contains(row.LeadId))
            .GroupBy(row => row.LeadId!.Value)
            .Select(lead => new { lead.Key, EventId = lead.Max(row => row.EventId) })
            .ToDictionaryAsync(lead => lead.Key, lead => lead.EventId ?? 0, cancellationToken);
        foreach (var row in rows)
        {
            var isTakenBack = await UndoOneAsync(db, leads, actor, row, last[row.LeadId!.Value], cancellationToken);
            row.Undo = isTakenBack ? ImportUndo.TakenBack : ImportUndo.LeftAlone;
            import.TakenBack += isTakenBack ? 1 : 0;
            import.LeftAlone += isTakenBack ? 0 : 1;
        }

        import.Processed += rows.Count;
        return rows.Count < BatchSize;
    }

    private static async Task<bool> UndoOneAsync(
        HubDbContext db,
        LeadService leads,
        Actor actor,
        LeadImportRow row,
        long lastEventId,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return row.Outcome is ImportOutcome.Created
                ? await leads.TakeAwayAsync(db, actor, row.LeadId!.Value, lastEventId, cancellationToken)
                : await leads.GiveBackAsync(db, actor, row.LeadId!.Value, row.Changes ?? [], cancellationToken);
        }
        catch (Exception refusal) when (FaultsOf(refusal) is not null)
        {
            return false;
        }
    }
}
