using System.Globalization;

namespace ProPartHub.HubSpotSandbox.Objects;

/// <summary>All records of one type, in the order of their ids, with the ids that merges left behind.</summary>
public sealed class RecordSet(ObjectType type)
{
    // Every type counts from the same number: an id is unique only inside its type, and callers must cope with that.
    private const long FirstId = 50_000_000_001;

    private readonly List<CrmRecord> _ordered = [];
    private readonly Dictionary<long, CrmRecord> _byId = [];
    private readonly Dictionary<long, long> _mergedInto = [];

    public ObjectType Type { get; } = type;

    /// <summary>Live and archived records by ascending id.</summary>
    public IReadOnlyList<CrmRecord> All => _ordered;

    internal UniqueValues Unique { get; } = new();

    /// <summary>The id the next record gets. Ids of erased records are never given again.</summary>
    internal long NextId { get; private set; } = FirstId;

    /// <summary>Old ids of merges, each with the id of its survivor.</summary>
    internal IReadOnlyDictionary<long, long> MergedInto => _mergedInto;

    internal long TakeId() => NextId++;

    /// <summary>Goes on counting where a kept account stopped.</summary>
    internal void ContinueAt(long nextId) => NextId = nextId;

    internal void Add(CrmRecord record)
    {
        _ordered.Add(record);
        _byId.Add(record.Id, record);
    }

    internal void Remove(CrmRecord record)
    {
        _byId.Remove(record.Id);
        _ordered.RemoveAt(IndexFrom(record.Id));
    }

    /// <summary>From now on the old id answers with the survivor.</summary>
    internal void Redirect(long oldId, long survivorId) => _mergedInto[oldId] = survivorId;

    /// <summary>The record of this id, or the survivor of its merge; archived or not.</summary>
    public CrmRecord? Find(long id)
    {
        while (_mergedInto.TryGetValue(id, out var survivorId))
            id = survivorId;
        return _byId.GetValueOrDefault(id);
    }

    public CrmRecord? Find(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Find(number) : null;

    /// <summary>Records with this id or a higher one.</summary>
    internal IEnumerable<CrmRecord> From(long id)
    {
        for (var i = IndexFrom(id); i < _ordered.Count; i++)
            yield return _ordered[i];
    }

    private int IndexFrom(long id)
    {
        var (low, high) = (0, _ordered.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_ordered[middle].Id < id)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
