namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Records that were read again or written while pages lie here that were read ahead. What such a page says of them may be
/// older than what is stored, so it must not be taken for news. Only the round notes and asks; pages are begun anywhere.
/// </summary>
internal sealed class ExchangedRecords
{
    private readonly Dictionary<(string Type, string Id), long> _at = [];
    private long _mark;

    /// <summary>The present moment, in a count of its own: clocks are too coarse, and a test's stands still.</summary>
    public long Mark => Interlocked.Read(ref _mark);

    /// <summary>How many are remembered.</summary>
    public int Count => _at.Count;

    /// <summary>Whether anything is read ahead; otherwise nothing has to be remembered.</summary>
    public bool IsWatched
    {
        get;
        set
        {
            field = value;
            if (!value)
            {
                _at.Clear();
            }
        }
    }

    /// <summary>Notes records when their exchange is over, whether it went well or not.</summary>
    public void Note(string type, IEnumerable<string> ids)
    {
        var mark = Interlocked.Increment(ref _mark);
        foreach (var id in IsWatched ? ids : [])
        {
            _at[(type, id)] = mark;
        }
    }

    /// <summary>True when the record was exchanged after that moment.</summary>
    public bool IsSince(long mark, string type, string id) => _at.TryGetValue((type, id), out var at) && at > mark;

    /// <summary>Forgets what no page can ask for any more.</summary>
    /// <param name="mark">When the oldest page was begun that may still come.</param>
    public void ForgetUntil(long mark)
    {
        foreach (var (record, _) in _at.Where(entry => entry.Value <= mark).ToList())
        {
            _at.Remove(record);
        }
    }
}
