using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>
/// A page of rows on its way, in one transaction. What is noted here counts once the transaction is committed, so that one
/// that has to be run again says nothing twice.
/// </summary>
internal sealed class LegacyBatch(
    LegacyRun run,
    HubDbContext db,
    LegacyTable table,
    LegacyKind kind,
    IReadOnlyList<LegacyRow> rows,
    IReadOnlyDictionary<long, LegacyId> known
)
{
    private readonly Dictionary<long, LegacyId> _ids = [];
    private readonly List<LegacyLine> _lines = [];
    private readonly List<Action> _done = [];
    private LegacyCount _count = new(table.Name) { Read = rows.Count };

    public HubDbContext Db => db;

    public LegacyRun Run => run;

    /// <summary>The rows that are new or changed in the former portal.</summary>
    public IReadOnlyList<LegacyRow> Rows { get; } = [.. rows.Where(row => !run.Book.IsUnchanged(kind, row))];

    public LegacyCount Count => _count with { Unchanged = _count.Unchanged + rows.Count - Rows.Count };

    public IReadOnlyList<LegacyLine> Lines => _lines;

    public IReadOnlyCollection<LegacyId> Ids => _ids.Values;

    /// <summary>What is known of a row that was brought before; null for a new one.</summary>
    public LegacyId? Known(LegacyRow row) => known.GetValueOrDefault(row.Id);

    /// <summary>Where a row of this kind went, by this batch or before it.</summary>
    public Guid? Find(long? oldId) =>
        oldId is { } id && _ids.TryGetValue(id, out var own) ? own.NewId : run.Book.Find(kind, oldId);

    /// <summary>Notes what was done about a row.</summary>
    public void Note(LegacyRow row, LegacyRule rule, string what) =>
        _lines.Add(new LegacyLine(table.Name, row.Id, rule, what));

    /// <summary>Has something done once the batch is committed.</summary>
    public void WhenDone(Action act) => _done.Add(act);

    /// <summary>Notes that a row was brought for the first time.</summary>
    /// <param name="row">The row.</param>
    /// <param name="newId">What it became.</param>
    /// <param name="fields">Each value as brought, by the name of its field.</param>
    public void Bring(LegacyRow row, Guid newId, IEnumerable<(string Name, string? Value)> fields)
    {
        var id = new LegacyId
        {
            Kind = kind,
            OldId = row.Id,
            NewId = newId,
            Hash = row.Hash,
            Fields = fields.ToDictionary(field => field.Name, field => LegacyPrint.Of(newId, field.Name, field.Value)),
            BroughtAt = run.Now,
        };
        db.LegacyIds.Add(id);
        _ids[row.Id] = id;
        _count = _count with { Brought = _count.Brought + 1 };
    }

    /// <summary>Notes that a row brought before has been compared.</summary>
    /// <param name="row">The row.</param>
    /// <param name="id">What is known of it.</param>
    /// <param name="isChanged">Whether anything new was brought.</param>
    public void Compare(LegacyRow row, LegacyId id, bool isChanged)
    {
        id.Hash = row.Hash;
        id.BroughtAt = isChanged ? run.Now : id.BroughtAt;
        _ids[row.Id] = id;
        _count = isChanged
            ? _count with
            {
                Changed = _count.Changed + 1,
            }
            : _count with
            {
                Unchanged = _count.Unchanged + 1,
            };
    }

    /// <summary>Tells the run what was committed.</summary>
    public void Finish()
    {
        run.Book.Take(Ids);
        run.Report.Add(Count, Lines);
        foreach (var act in _done)
        {
            act();
        }
    }
}
