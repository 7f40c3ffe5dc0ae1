using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using ProPartHub.Benchmarks.Circuits;

namespace ProPartHub.Benchmarks.Live;

/// <summary>A stamp that came to a viewer.</summary>
internal sealed record Arrival(string Stamp, long At);

/// <summary>What one open page showed.</summary>
internal sealed partial class Viewer
{
    private readonly ConcurrentDictionary<string, byte> _numbers = new();
    private readonly ConcurrentDictionary<string, long> _arrivals = new();
    private readonly ConcurrentQueue<int> _oneRowBytes = new();

    public IEnumerable<Arrival> Arrivals => _arrivals.Select(pair => new Arrival(pair.Key, pair.Value));

    /// <summary>Sizes of batches that brought exactly one stamp.</summary>
    public IEnumerable<int> OneRowBytes => _oneRowBytes;

    /// <summary>Whether the page showed this lead, so that its change was to be expected.</summary>
    public bool Shows(string number) => _numbers.ContainsKey(number);

    /// <summary>Changes of leads that the page showed.</summary>
    public IReadOnlyList<StampedChange> Due(IEnumerable<StampedChange> changes) =>
        [.. changes.Where(change => Shows(change.Number))];

    /// <summary>How many of those it was not told of.</summary>
    public int Missed(IEnumerable<StampedChange> changes) =>
        Due(changes).Count(change => !_arrivals.ContainsKey(change.Stamp));

    public void Take(ArrivedBatch batch)
    {
        var stamps = new HashSet<string>();
        foreach (var text in batch.Content.Texts)
        {
            stamps.UnionWith(Stamp().Matches(text).Select(match => match.Value));
            foreach (Match number in Number().Matches(text))
            {
                _numbers.TryAdd(number.Value, 0);
            }
        }

        foreach (var stamp in stamps)
        {
            _arrivals.TryAdd(stamp, batch.At);
        }

        if (stamps.Count == 1)
        {
            _oneRowBytes.Enqueue(batch.Bytes);
        }
    }

    [GeneratedRegex(StampWriter.Pattern)]
    private static partial Regex Stamp();

    [GeneratedRegex(@"\bL-\d+\b")]
    private static partial Regex Number();
}
