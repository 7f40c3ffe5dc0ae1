using ProPartHub.Benchmarks.Data;

namespace ProPartHub.Benchmarks.Drills;

/// <summary>Drills that take too long or too much memory for tests: a minute without the database, a thousand browsers at once.</summary>
internal static class DrillBenchmark
{
    private const int SeededLeads = 500;

    /// <returns>False when something was not as expected.</returns>
    public static async Task<bool> RunAsync(
        BenchmarkOptions options,
        MarkdownReport report,
        CancellationToken cancellationToken
    ) =>
        await PauseDrill.RunAsync(options, report, cancellationToken)
        & await ReconnectDrill.RunAsync(options, report, cancellationToken);

    /// <summary>Leads of the people whom the portal made at its start.</summary>
    public static Task SeedAsync(ScratchHub hub, CancellationToken cancellationToken) =>
        HubLeads.SeedAsync(hub, SeededLeads, cancellationToken);
}
