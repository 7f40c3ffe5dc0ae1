namespace ProPartHub.Benchmarks.Sync;

/// <summary>What keeping step with HubSpot costs, against the real sandbox over loopback HTTP.</summary>
internal static class SyncBenchmark
{
    /// <returns>False when something failed or fell short of its bar.</returns>
    public static async Task<bool> RunAsync(
        BenchmarkOptions options,
        MarkdownReport report,
        CancellationToken cancellationToken
    ) => await ImportBenchmark.RunAsync(options, report, cancellationToken);
}
