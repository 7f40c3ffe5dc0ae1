using System.Globalization;
using Npgsql;

namespace ProPartHub.Benchmarks.Lists;

/// <summary>A read of the hub's, by name.</summary>
internal sealed record MeasuredRead(string Name, Func<CancellationToken, Task> Run);

/// <summary>The same reads in a small agency and in a larger one, each beside its own SQL by bare Npgsql.</summary>
internal sealed class SizeComparison(ReadTiming timing)
{
    private const int Small = 10_000;
    private readonly SortedDictionary<int, IReadOnlyList<Figure>> _figures = [];

    private sealed record Figure(string Name, int Commands, Percentiles Hub, Percentiles Bare);

    public static IEnumerable<int> Sizes(BenchmarkOptions options) => new[] { Small, options.Leads }.Distinct().Order();

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
            figures.Add(new(read.Name, commands.Count, hub, bare));
            Console.Error.WriteLine($"{size}: {read.Name}: {hub.At(50)} / {hub.At(99)}, bare {bare.At(50)}");
        }

        _figures[size] = figures;
    }

    public void Write(MarkdownReport report, string subject)
    {
        var (small, large) = (_figures.First(), _figures.Last());
        report.Heading($"{subject} at {Count(small.Key)} and {Count(large.Key)} leads");
        report.Line($"{timing}; times in ms. The ratio is that of p50 at both sizes.");
        report.Table(
            [
                "Query",
                "SQL commands",
                $"p50 at {Count(small.Key)}",
                $"p50 at {Count(large.Key)}",
                "p99",
                "bare Npgsql p50",
                "bare p99",
                "ratio",
            ],
            small.Value.Zip(
                large.Value,
                (few, many) =>
                    (IReadOnlyList<string>)
                        [
                            many.Name,
                            $"{many.Commands}",
                            few.Hub.At(50),
                            many.Hub.At(50),
                            many.Hub.At(99),
                            many.Bare.At(50),
                            many.Bare.At(99),
                            (many.Hub.Of(50) / few.Hub.Of(50)).ToString("0.0", CultureInfo.InvariantCulture),
                        ]
            )
        );
    }

    private static string Count(int leads) => leads.ToString("N0", CultureInfo.InvariantCulture);
}
