using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>
/// Which row of a file was the first with a phone or a mail, kept from batch to batch: to ask the database which of all rows
/// before a batch share anything with it takes longer with every batch. A key is kept as eight bytes of its hash, some megabytes
/// for the largest file; what was found is read again, so that only a true twin counts.
/// </summary>
internal sealed class KeysSeen(LeadImport import)
{
    private readonly Guid _importId = import.Id;
    private readonly ImportState _state = import.State;
    private readonly Dictionary<long, int> _rows = [];

    /// <summary>The last row that was looked at; 0 before the first.</summary>
    public int UpTo { get; private set; }

    /// <summary>Whether it is of this import, and of what is done with it now.</summary>
    public bool IsOf(LeadImport import) => import.Id == _importId && import.State == _state;

    /// <summary>The earlier rows that share a key with a batch and became, or would become, leads.</summary>
    /// <param name="db">The batch's transaction.</param>
    /// <param name="batch">The batch, in the file's order.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<EarlierRows> EarlierAsync(
        HubDbContext db,
        IReadOnlyList<ReadRow> batch,
        CancellationToken cancellationToken
    )
    {
        var earlier = new EarlierRows();
        if (batch.Count == 0)
        {
            return earlier;
        }

        await ReadAsync(db, batch[0].Row, cancellationToken);
        var numbers = batch
            .SelectMany(row => row.Keys)
            .Select(key => _rows.GetValueOrDefault(HashOf(key)))
            .Where(number => number > 0)
            .Distinct()
            .ToArray();
        if (numbers.Length == 0)
        {
            return earlier;
        }

        var found = await Became(db)
            .Where(row => numbers.Contains(row.Number))
            .OrderBy(row => row.Number)
            .Select(row => new
            {
                row.Number,
                row.Keys,
                row.LeadId,
            })
            .ToListAsync(cancellationToken);
        foreach (var row in found)
        {
            earlier.Add(row.Number, row.Keys!, row.LeadId);
        }

        return earlier;
    }

    // What was done since the last batch, by whichever instance: as it was committed.
    private async Task ReadAsync(HubDbContext db, int before, CancellationToken cancellationToken)
    {
        await foreach (
            var row in Became(db)
                .Where(row => row.Number > UpTo && row.Number < before)
                .OrderBy(row => row.Number)
                .Select(row => new { row.Number, row.Keys })
                .AsAsyncEnumerable()
                .WithCancellation(cancellationToken)
        )
        {
            foreach (var key in row.Keys!)
            {
                _rows.TryAdd(HashOf(key), row.Number);
            }
        }

        UpTo = before - 1;
    }

    private IQueryable<LeadImportRow> Became(HubDbContext db)
    {
        var rows = db.LeadImportRows.AsNoTracking().Where(row => row.ImportId == _importId && row.Keys != null);
        return _state is ImportState.Running
            ? rows.Where(row => row.Outcome == ImportOutcome.Created || row.Outcome == ImportOutcome.Updated)
            : rows.Where(row => row.Plan == ImportOutcome.Created || row.Plan == ImportOutcome.Updated);
    }

    private static long HashOf(string key) =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
