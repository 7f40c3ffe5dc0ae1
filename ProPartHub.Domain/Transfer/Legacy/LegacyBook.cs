using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>
/// Which rows were brought, by this run and those before: from it each step knows where the rows of the steps before it
/// went, also in a dry run, which stores none.
/// </summary>
internal sealed class LegacyBook
{
    private readonly Dictionary<(LegacyKind Kind, long OldId), (Guid NewId, string Hash)> _rows;
    private readonly HashSet<(LegacyKind Kind, Guid NewId)> _brought;

    private LegacyBook(Dictionary<(LegacyKind, long), (Guid, string)> rows) =>
        (_rows, _brought) = (rows, [.. rows.Select(row => (row.Key.Item1, row.Value.Item1))]);

    /// <summary>Reads what earlier runs brought.</summary>
    public static async Task<LegacyBook> LoadAsync(HubDbContext db, CancellationToken cancellationToken) =>
        new(
            await db
                .LegacyIds.Select(row => new
                {
                    row.Kind,
                    row.OldId,
                    row.NewId,
                    row.Hash,
                })
                .ToDictionaryAsync(row => (row.Kind, row.OldId), row => (row.NewId, row.Hash), cancellationToken)
        );

    /// <summary>Where a row went; null where it was not brought.</summary>
    public Guid? Find(LegacyKind kind, long? oldId) =>
        oldId is { } id && _rows.TryGetValue((kind, id), out var row) ? row.NewId : null;

    /// <summary>Whether the row was brought and has not changed in the former portal since.</summary>
    public bool IsUnchanged(LegacyKind kind, LegacyRow row) =>
        _rows.TryGetValue((kind, row.Id), out var known) && known.Hash == row.Hash;

    /// <summary>Whether a row here came from the former portal.</summary>
    public bool IsBrought(LegacyKind kind, Guid newId) => _brought.Contains((kind, newId));

    /// <summary>Old numbers and new ids of a kind.</summary>
    public IEnumerable<(long OldId, Guid NewId)> All(LegacyKind kind) =>
        _rows.Where(row => row.Key.Kind == kind).Select(row => (row.Key.OldId, row.Value.NewId));

    /// <summary>Takes what a committed batch brought.</summary>
    public void Take(IEnumerable<LegacyId> ids)
    {
        foreach (var id in ids)
        {
            _rows[(id.Kind, id.OldId)] = (id.NewId, id.Hash);
            _brought.Add((id.Kind, id.NewId));
        }
    }
}
