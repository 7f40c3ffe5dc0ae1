using System.Globalization;
using Npgsql;

namespace ProPartHub.Benchmarks.Lists;

/// <summary>A read of the hub's, by name.</summary>
/// <param name="Name">What it reads.</param>
/// <param name="Run">Reads it.</param>
/// <param name="Bar">What p95 may be in the largest agency; null where nothing was promised.</param>
internal sealed record MeasuredRead(string Name, Func<CancellationToken, Task> Run, TimeSpan? Bar = null);

/// <summary>The same reads in agencies of several sizes, each beside its own SQL by bare Npgsql.</summary>
internal sealed class SizeComparison(ReadTiming timing)
{
    // What has a bar stays so close to what it takes in the smallest agency.
    private const double Flat = 1.5;

    private static readonly int[] Smaller = [10_000, 100_000];

    private readonly SortedDictionary<int, IReadOnlyList<Figure>> _figures = [];

    private sealed record Figure(MeasuredRead Read, int Commands, long RowsRead, Percentiles Hub, Percentiles Bare);

    public static IEnumerable<int> Sizes(BenchmarkOptions options) =>
        Smaller.Where(size => size < options.Leads).Append(options.Leads);

    public async Task MeasureAsync(
        int size,
        IReadOnlyList<MeasuredRead> reads,
        NpgsqlDataSource source,
        CommandRecorder recorder,
        CancellationToken cancellationToken
    )
    {
        var figures = new List<Figure>();
        foreach (var read in reads)
        {
            recorder.Take();
            await read.Run(cancellationToken);
            var commands = recorder.Take();
            var rows = 0L;
            foreach (var command in commands)
            {
                rows += await RowsRead.OfAsync(command, source, cancellationToken);
            }

            var hub = await timing.TimeAsync(read.Run, cancellationToken);
            var bare = await timing.TimeAsync(
                async token =>
                {
                    foreach (var command in commands)
                    {
                        await command.ReplayAsync(source, token);
                    }
                },
                cancellationToken
            );
            figures.Add(new(read, commands.Count, rows, hub, bare));
            Console.Error.WriteLine($"{size}: {read.Name}: {hub.At(50)} / {hub.At(99)}, bare {bare.At(50)}");
        }

        _figures[size] = figures;
    }

    /// <returns>False when a read with a bar took longer, or grew with the data.</returns>
    public bool Write(MarkdownReport report, string subject)
    {
        var large = _figures.Last();
        report.Heading($"{subject} at {string.Join(", ", _figures.Keys.Select(Count))} leads");
        report.Line(
            $"{timing}; times in ms, p95 and p99 of the largest. Rows are those that the largest read from tables. The ratio is "
                + "that of p50 in the largest to p50 in the smallest."
        );
        report.Table(
            [
                "Query",
                "SQL commands",
                "rows read",
                .. _figures.Keys.Select(size => $"p50 at {Count(size)}"),
                "p95",
                "p99",
                "bare Npgsql p50",
                "ratio",
                "bar of p95",
            ],
            large.Value.Select(
                (figure, place) =>
                    (IReadOnlyList<string>)
                        [
                            figure.Read.Name,
                            $"{figure.Commands}",
                            figure.RowsRead.ToString("N0", CultureInfo.InvariantCulture),
                            .. _figures.Values.Select(size => size[place].Hub.At(50)),
                            figure.Hub.At(95),
                            figure.Hub.At(99),
                            figure.Bare.At(50),
                            Ratio(place).ToString("0.0", CultureInfo.InvariantCulture),
                            figure.Read.Bar is { } bar ? $"{bar.TotalMilliseconds:0}" : "–",
                        ]
            )
        );
        return large
            .Value.Select((figure, place) => (figure, place))
            .All(each =>
                each.figure.Read.Bar is not { } bar || (each.figure.Hub.Of(95) <= bar && Ratio(each.place) <= Flat)
            );
    }

    private double Ratio(int place) =>
        _figures.Last().Value[place].Hub.Of(50) / _figures.First().Value[place].Hub.Of(50);

    private static string Count(int leads) => leads.ToString("N0", CultureInfo.InvariantCulture);
}
