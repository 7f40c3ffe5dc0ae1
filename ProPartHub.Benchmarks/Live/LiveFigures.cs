using System.Diagnostics;
using System.Globalization;

namespace ProPartHub.Benchmarks.Live;

/// <summary>What circuits of each page cost and how soon they showed changes, as one table with a column for each page.</summary>
/// <param name="baseline">What a circuit of the SDK's template takes.</param>
internal sealed class LiveFigures(MemoryReading baseline)
{
    private readonly List<string> _pages = [];
    private readonly List<List<string>> _rows = [];
    private bool _isWhole = true;

    public void Add(
        string page,
        OpenPages pages,
        IReadOnlyList<StampedChange> changes,
        MemoryReading idle,
        MemoryReading afterChanges
    )
    {
        var committed = changes.ToDictionary(change => change.Stamp);
        var latencies = new Percentiles(
            pages
                .Viewers.SelectMany(viewer => viewer.Arrivals)
                .Where(arrival => committed.ContainsKey(arrival.Stamp))
                .Select(arrival => Stopwatch.GetElapsedTime(committed[arrival.Stamp].CommittedAt, arrival.At))
        );
        var missing = pages.Viewers.Sum(viewer => viewer.Missed(changes));
        var bytes = pages.Viewers.SelectMany(viewer => viewer.OneRowBytes).Order().ToList();
        _pages.Add(page);
        Put("changes committed", Number(changes.Count));
        Put("changes that reached a viewer", Number(latencies.Count));
        Put("commit to render, p50", $"{latencies.At(50)} ms");
        Put("commit to render, p99", $"{latencies.At(99)} ms");
        Put("bytes of a batch with one changed row, median", bytes.Count == 0 ? "–" : Number(bytes[bytes.Count / 2]));
        Put("kept by each circuit, idle", Kilobytes(idle.Kept));
        Put("the same after the changes", Kilobytes(afterChanges.Kept));
        Put("the same of the template's page with 50 rows, idle (baseline)", Kilobytes(baseline.Kept));
        Put("managed heap for each circuit, with its holes, idle", Kilobytes(idle.Heap));
        Put("the same of the template (baseline)", Kilobytes(baseline.Heap));
        Put("resident memory for each circuit, idle", Kilobytes(idle.Resident));
        Put("the same of the template, resident (baseline)", Kilobytes(baseline.Resident));
        Put("expected changes that never came", Number(missing));
        Put("errors of circuits", Number(pages.Errors));
        _isWhole &= pages.Errors == 0 && missing == 0;
        Console.Error.WriteLine($"{page}: p99 {latencies.At(99)} ms, idle {Kilobytes(idle.Kept)}");
    }

    /// <returns>False when a circuit reported an error or an expected change never came.</returns>
    public bool Write(MarkdownReport report, int circuits)
    {
        report.Table([$"{circuits} circuits on", .. _pages], _rows);
        return _isWhole;
    }

    private void Put(string name, string figure)
    {
        var row = _rows.Find(row => row[0] == name);
        if (row is null)
        {
            row = [name];
            _rows.Add(row);
        }

        row.Add(figure);
    }

    private static string Kilobytes(long value) => $"{Number(value)} KiB";

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
