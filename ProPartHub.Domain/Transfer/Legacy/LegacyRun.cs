using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>A person of the former portal as known here.</summary>
internal sealed record LegacyPerson(Guid Id, string Name, Role Role, Guid? TeamId);

/// <summary>One run: what all its steps share.</summary>
internal sealed class LegacyRun(
    LegacySource source,
    HubDatabase database,
    LegacyBook book,
    LegacyReport report,
    DateTimeOffset now
)
{
    // Small enough for a short transaction, and what a crash costs.
    private const int BatchSize = 100;

    public LegacyBook Book => book;

    public LegacyReport Report => report;

    /// <summary>When the run began (UTC).</summary>
    public DateTimeOffset Now => now;

    /// <summary>People of the former portal by their numbers there.</summary>
    public Dictionary<long, LegacyPerson> People { get; } = [];

    /// <summary>Names and addresses that accounts made by this run have.</summary>
    public HashSet<string> TakenNames { get; } = [];

    /// <summary>Deals that leads brought by this run have.</summary>
    public HashSet<string> TakenDeals { get; } = [];

    /// <summary>Notes that comments brought by this run have, with their leads.</summary>
    public HashSet<(string Note, Guid LeadId)> TakenNotes { get; } = [];

    /// <summary>Leads of the comments that this run brought.</summary>
    public Dictionary<Guid, Guid> CommentLeads { get; } = [];

    /// <summary>Files that this run brought.</summary>
    public List<LegacyFile> Files { get; } = [];

    /// <summary>Phones of open leads brought by this run.</summary>
    public HashSet<string> OpenPhones { get; } = [];

    /// <summary>Writes down changes of leads as brought by an import.</summary>
    public static LeadRecorder Recorder(DateTimeOffset at) => new(Actor.System, ChangeOrigin.Import, at);

    /// <summary>Takes a table through, a page and a transaction at a time.</summary>
    public async Task TableAsync(
        LegacyTable table,
        LegacyKind kind,
        Func<LegacyBatch, CancellationToken, Task> work,
        CancellationToken cancellationToken
    )
    {
        if (!await IsThereAsync(table, cancellationToken))
        {
            return;
        }

        for (var after = long.MinValue; ; )
        {
            var rows = await source.ReadAsync(table, after, BatchSize, cancellationToken);
            if (rows.Count == 0)
            {
                return;
            }

            await BatchAsync(table, kind, rows, work, cancellationToken);
            after = rows[^1].Id;
        }
    }

    /// <summary>Takes rows through in one transaction.</summary>
    public async Task BatchAsync(
        LegacyTable table,
        LegacyKind kind,
        IReadOnlyList<LegacyRow> rows,
        Func<LegacyBatch, CancellationToken, Task> work,
        CancellationToken cancellationToken
    )
    {
        if (report.IsApplied)
        {
            var batch = await database.InTransactionAsync(
                async (db, token) =>
                {
                    var running = await WorkAsync(db, table, kind, rows, work, token);
                    await db.SaveChangesAsync(token);
                    // Nobody gets points or a message for each lead; one message for all comes at the end.
                    db.ChangeTracker.Clear();
                    return running;
                },
                cancellationToken
            );
            batch.Finish();
            return;
        }

        // The same work on a context that is never saved.
        await using var dry = await database.ReadAsync(cancellationToken);
        dry.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        (await WorkAsync(dry, table, kind, rows, work, cancellationToken)).Finish();
    }

    /// <summary>Every row of a table, for what has to be known before the first is brought.</summary>
    public async Task ReadAllAsync(LegacyTable table, Action<LegacyRow> take, CancellationToken cancellationToken)
    {
        IReadOnlyList<LegacyRow> rows;
        for (var after = long.MinValue; ; after = rows[^1].Id)
        {
            rows = await source.ReadAsync(table, after, BatchSize, cancellationToken);
            if (rows.Count == 0)
            {
                return;
            }

            foreach (var row in rows)
            {
                take(row);
            }
        }
    }

    public Task<HubDbContext> ReadAsync(CancellationToken cancellationToken) => database.ReadAsync(cancellationToken);

    private async Task<LegacyBatch> WorkAsync(
        HubDbContext db,
        LegacyTable table,
        LegacyKind kind,
        IReadOnlyList<LegacyRow> rows,
        Func<LegacyBatch, CancellationToken, Task> work,
        CancellationToken cancellationToken
    )
    {
        var changed = rows.Where(row => book.Find(kind, row.Id) is not null && !book.IsUnchanged(kind, row))
            .Select(row => row.Id)
            .ToList();
        var known =
            changed.Count == 0
                ? []
                : await db
                    .LegacyIds.Where(row => row.Kind == kind && changed.Contains(row.OldId))
                    .ToDictionaryAsync(row => row.OldId, cancellationToken);
        var batch = new LegacyBatch(this, db, table, kind, rows, known);
        if (batch.Rows.Count > 0)
        {
            await work(batch, cancellationToken);
        }

        return batch;
    }

    private async Task<bool> IsThereAsync(LegacyTable table, CancellationToken cancellationToken)
    {
        var there = await source.ColumnsAsync(table, cancellationToken);
        var lacking = table.Columns.Where(column => !there.Contains(column)).ToList();
        if (there.Count == 0)
        {
            report.Add(new(table.Name), [new(table.Name, null, LegacyRule.TableMissing, "no such table")]);
            return false;
        }

        LegacyLine[] lines =
            lacking.Count == 0
                ? []
                : [new(table.Name, null, LegacyRule.ColumnsMissing, $"counted as empty: {string.Join(", ", lacking)}")];
        report.Add(new(table.Name), lines);
        return true;
    }
}
