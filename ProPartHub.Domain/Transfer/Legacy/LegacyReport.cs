namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>What was done about one row.</summary>
/// <param name="Table">Table of the former portal.</param>
/// <param name="OldId">Number of the row there; null for what is about the whole table.</param>
/// <param name="Rule">The rule.</param>
/// <param name="What">What was done, in English; without secrets and without what says who a client is.</param>
public sealed record LegacyLine(string Table, long? OldId, LegacyRule Rule, string What);

/// <summary>How many rows of a table became what.</summary>
/// <param name="Table">Table of the former portal.</param>
public sealed record LegacyCount(string Table)
{
    /// <summary>Rows read.</summary>
    public int Read { get; init; }

    /// <summary>Rows brought for the first time.</summary>
    public int Brought { get; init; }

    /// <summary>Rows brought before of which something new was brought.</summary>
    public int Changed { get; init; }

    /// <summary>Rows brought before in which nothing is new.</summary>
    public int Unchanged { get; init; }

    /// <summary>Rows that are not brought; why, stands in the lines.</summary>
    public int LeftOut => Read - Brought - Changed - Unchanged;

    /// <summary>Both together.</summary>
    public LegacyCount And(LegacyCount other) =>
        this with
        {
            Read = Read + other.Read,
            Brought = Brought + other.Brought,
            Changed = Changed + other.Changed,
            Unchanged = Unchanged + other.Unchanged,
        };
}

/// <summary>What moving in did, or would do, table by table and row by row.</summary>
public sealed class LegacyReport
{
    private readonly List<LegacyCount> _counts = [];
    private readonly List<LegacyLine> _lines = [];

    /// <summary>Whether anything was written.</summary>
    public bool IsApplied { get; init; }

    /// <summary>Each table that was read, in that order.</summary>
    public IReadOnlyList<LegacyCount> Counts => _counts;

    /// <summary>Everything repaired, listed or left as it stands here.</summary>
    public IReadOnlyList<LegacyLine> Lines => _lines;

    /// <summary>How often each rule was used, by its name.</summary>
    public IEnumerable<(LegacyRule Rule, int Count)> Rules =>
        _lines
            .GroupBy(line => line.Rule)
            .OrderBy(group => group.Key.Outcome)
            .ThenBy(group => group.Key.Name, StringComparer.Ordinal)
            .Select(group => (group.Key, group.Count()));

    internal void Add(LegacyCount count, IEnumerable<LegacyLine> lines)
    {
        var place = _counts.FindIndex(known => known.Table == count.Table);
        if (place < 0)
        {
            _counts.Add(count);
        }
        else
        {
            _counts[place] = _counts[place].And(count);
        }

        _lines.AddRange(lines);
    }
}
