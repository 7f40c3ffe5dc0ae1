using System.Net;
using ProPartHub.Benchmarks.Data;

namespace ProPartHub.Benchmarks.Live;

/// <summary>
/// Circuits of the real portal: memory of each, and the way of a change from commit to render; beside them the memory of a
/// circuit of the SDK's template.
/// </summary>
internal static class LiveBenchmark
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    /// <returns>False when something failed: a circuit reported an error or an expected change never came.</returns>
    public static async Task<bool> RunAsync(
        BenchmarkOptions options,
        MarkdownReport report,
        CancellationToken cancellationToken
    )
    {
        report.Heading($"Live: {options.Circuits} circuits");
        report.Line(
            $"{options.Rate} changes a second for {options.Seconds} s. Memory is what the portal takes more for each circuit "
                + $"after {Settle.TotalSeconds} s of rest: of objects and of the managed heap right after a full collection, and of "
                + "the resident set before it, garbage included."
        );
        var folder = Directory.CreateTempSubdirectory("propart-template-").FullName;
        try
        {
            var template = await TemplateApp.PublishAsync(folder, cancellationToken);
            var figures = new LiveFigures(await BaselineAsync(options, template, cancellationToken));
            foreach (var page in options.Pages)
            {
                await MeasureAsync(options, page, figures, cancellationToken);
            }

            return figures.Write(report, options.Circuits);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // A portal of its own for each page: memory that one page's circuits left behind would hide the other's.
    private static async Task MeasureAsync(
        BenchmarkOptions options,
        string page,
        LiveFigures figures,
        CancellationToken cancellationToken
    )
    {
        var clock = new CommitClock();
        await using var hub = await ScratchHub.StartAsync(clock, cancellationToken);
        await using var portal = await PortalProcess.StartAsync(
            options.Portal,
            hub.ConnectionString,
            cancellationToken
        );
        await portal.UntilStartedAsync(cancellationToken);
        await HubLeads.SeedAsync(hub, HubLeads.BehindPages, cancellationToken);
        await using (await OpenPages.OpenAsync(portal.Address, page, 3, cancellationToken))
        {
            // The first circuits load code and fill pools, which no later one pays again.
            await Task.Delay(Settle, cancellationToken);
        }

        var before = await MemoryReading.OfAsync(portal, cancellationToken);
        await using var pages = await OpenPages.OpenAsync(portal.Address, page, options.Circuits, cancellationToken);
        await Task.Delay(Settle, cancellationToken);
        var idle = await MemoryReading.OfAsync(portal, cancellationToken);
        var changes = await new StampWriter(hub, clock).WriteAsync(options.Rate, options.Seconds, cancellationToken);
        await Task.Delay(Settle, cancellationToken);
        var after = await MemoryReading.OfAsync(portal, cancellationToken);
        figures.Add(
            page,
            pages,
            changes,
            idle.EachSince(before, options.Circuits),
            after.EachSince(before, options.Circuits)
        );
    }

    private static async Task<MemoryReading> BaselineAsync(
        BenchmarkOptions options,
        string template,
        CancellationToken cancellationToken
    )
    {
        await using var app = await PortalProcess.StartAsync(template, "", cancellationToken, page: TemplateApp.Page);
        CookieContainer[] nobody = [new()];
        await using (await OpenPages.OpenAsync(app.Address, TemplateApp.Page, 3, nobody, cancellationToken))
        {
            await Task.Delay(Settle, cancellationToken);
        }

        var before = await MemoryReading.OfAsync(app, cancellationToken);
        await using var pages = await OpenPages.OpenAsync(
            app.Address,
            TemplateApp.Page,
            options.Circuits,
            nobody,
            cancellationToken
        );
        await Task.Delay(Settle, cancellationToken);
        return (await MemoryReading.OfAsync(app, cancellationToken)).EachSince(before, options.Circuits);
    }
}
