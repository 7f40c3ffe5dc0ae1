using ProPartHub.Benchmarks.Live;

namespace ProPartHub.Benchmarks.Sync;

/// <summary>What keeping step with HubSpot costs, against the real sandbox over loopback HTTP.</summary>
internal static class SyncBenchmark
{
    private const int PortalDeals = 2_000;

    /// <returns>False when something failed or fell short of its bar.</returns>
    public static async Task<bool> RunAsync(
        BenchmarkOptions options,
        MarkdownReport report,
        CancellationToken cancellationToken
    )
    {
        var isWhole = await ImportBenchmark.RunAsync(options, report, cancellationToken);
        var clock = new CommitClock();
        await using var portal = await ConnectedPortal.StartAsync(
            options.Portal,
            PortalDeals,
            clock,
            cancellationToken
        );
        using var burst = new WebhookBurst(portal);
        isWhole &= await burst.RunAsync(report, cancellationToken);
        return await new ChangeDelay(portal, clock).RunAsync(report, cancellationToken) && isWhole;
    }
}
