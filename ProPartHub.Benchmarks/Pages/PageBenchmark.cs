using System.Diagnostics;
using System.Globalization;
using System.Net;
using ProPartHub.Benchmarks.Data;
using ProPartHub.Benchmarks.Lists;
using ProPartHub.Benchmarks.Live;

namespace ProPartHub.Benchmarks.Pages;

/// <summary>
/// The published portal as a person meets it: how soon it answers after its start, and what a first visit on a phone costs;
/// beside it the SDK's template.
/// </summary>
internal static class PageBenchmark
{
    private const int Starts = 5;
    private const int Visits = 5;
    private const int Requests = 200;

    private static readonly TimeSpan StartBar = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan PaintBar = TimeSpan.FromSeconds(1.5);
    private const int WeightBar = 200_000;

    /// <returns>False when the portal started too slowly, or a first visit was too heavy or too slow.</returns>
    public static async Task<bool> RunAsync(
        BenchmarkOptions options,
        MarkdownReport report,
        CancellationToken cancellationToken
    )
    {
        var folder = Directory.CreateTempSubdirectory("propart-published-").FullName;
        try
        {
            var portal =
                options.Portal ?? await PublishedApp.PortalAsync(Path.Combine(folder, "portal"), cancellationToken);
            var template = await TemplateApp.PublishAsync(Path.Combine(folder, "template"), cancellationToken);
            var isWithin = await StartsAsync(portal, template, report, cancellationToken);
            return await VisitsAsync(portal, template, report, cancellationToken) && isWithin;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> StartsAsync(
        string portal,
        string template,
        MarkdownReport report,
        CancellationToken cancellationToken
    )
    {
        await using var hub = await ScratchHub.StartAsync(new CommandRecorder(), cancellationToken);
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["AllowedHosts"] = "127.0.0.1",
            ["Hub__PublicUrl"] = "https://hub.example.com",
            ["Hub__LogFolder"] = "",
            ["Hub__PrintSetupLink"] = "false",
            ["DataProtection__Unprotected"] = "true",
        };
        var ours = await StartTimesAsync(portal, hub.ConnectionString, settings, "/account/login", cancellationToken);
        var bare = await StartTimesAsync(template, "", settings, TemplateApp.Page, cancellationToken);
        report.Heading("Cold start");
        report.Line(
            $"From the start of the published process to its first page, {Starts} times, in Production: with the check that the "
                + "database has every migration. The files are in the system's cache."
        );
        report.Table(
            ["", "p50 ms", "longest ms", "bar ms"],
            [
                ["portal, log-in page", ours.At(50), ours.At(100), $"{StartBar.TotalMilliseconds:0}"],
                ["template, page with 50 rows (baseline)", bare.At(50), bare.At(100), "–"],
            ]
        );
        return ours.Of(50) <= StartBar;
    }

    private static async Task<Percentiles> StartTimesAsync(
        string assembly,
        string database,
        Dictionary<string, string> settings,
        string page,
        CancellationToken cancellationToken
    )
    {
        var times = new List<TimeSpan>();
        for (var number = 0; number < Starts; number++)
        {
            await using var app = await PortalProcess.StartAsync(
                assembly,
                database,
                cancellationToken,
                _ => settings,
                page
            );
            times.Add(app.FirstAnswer);
        }

        return new Percentiles(times);
    }

    private static async Task<bool> VisitsAsync(
        string portal,
        string template,
        MarkdownReport report,
        CancellationToken cancellationToken
    )
    {
        await using var hub = await ScratchHub.StartAsync(new CommandRecorder(), cancellationToken);
        using var oursSecure = new SecureAddress();
        using var bareSecure = new SecureAddress();
        await using var ours = await PortalProcess.StartAsync(
            portal,
            hub.ConnectionString,
            cancellationToken,
            oursSecure.Beside
        );
        await using var bare = await PortalProcess.StartAsync(
            template,
            "",
            cancellationToken,
            bareSecure.Beside,
            TemplateApp.Page
        );
        await ours.UntilStartedAsync(cancellationToken);
        await HubLeads.SeedAsync(hub, HubLeads.BehindPages, cancellationToken);
        await using var phone = await Phone.StartAsync();
        var person = (await DemoSession.PeopleAsync(ours.Address, cancellationToken))[0];
        var signedIn = await DemoSession.EnterAsync(ours.Address, person, cancellationToken);
        var nobody = new CookieContainer();
        var (rows, isWithin) = (new List<IReadOnlyList<string>>(), true);
        foreach (
            var (name, app, secure, path, cookies, ready) in new[]
            {
                ("log-in page", ours, oursSecure.Address, "/account/login", nobody, (string?)null),
                ("start page", ours, oursSecure.Address, "/", signedIn, ".bell"),
                ("lead list", ours, oursSecure.Address, "/leads", signedIn, ".bell"),
                ("board", ours, oursSecure.Address, "/board", signedIn, ".bell"),
                (
                    "template, 50 rows (baseline)",
                    bare,
                    bareSecure.Address,
                    TemplateApp.Page,
                    nobody,
                    "#rows[data-interactive]"
                ),
            }
        )
        {
            var server = await AnswersAsync(new Uri(app.Address, path), cookies, cancellationToken);
            // The first one fills the server's caches.
            await phone.VisitAsync(secure, path, cookies, ready);
            var visits = new List<PhoneVisit>();
            for (var number = 0; number < Visits; number++)
            {
                visits.Add(await phone.VisitAsync(secure, path, cookies, ready));
            }

            var visit = visits.OrderBy(each => each.Interactive).ElementAt(Visits / 2);
            isWithin &=
                app == bare
                || visit is { } seen
                    && seen.Bytes <= WeightBar
                    && seen.Largest <= PaintBar
                    && seen.Interactive <= PaintBar;
            Console.Error.WriteLine($"{name}: {visit.Bytes} bytes, interactive {Milliseconds(visit.Interactive)} ms");
            rows.Add([
                name,
                visit.Bytes.ToString("N0", CultureInfo.InvariantCulture),
                $"{visit.Requests}",
                Milliseconds(visit.Largest),
                ready is null ? "no circuit" : Milliseconds(visit.Interactive),
                server.At(50),
                server.At(95),
            ]);
        }

        report.Heading("First visit on a phone");
        report.Line(
            $"{Phone.Profile}. TLS and HTTP/2. Empty cache, the median of {Visits} visits; bytes over the wire with headers, without what the circuit "
                + $"sends. Bars: {WeightBar / 1000} kB, largest paint and interactive within {PaintBar.TotalMilliseconds:0} ms. Server times "
                + $"are those of the page alone, {Requests} requests one after another without a throttle."
        );
        report.Table(
            ["page", "bytes", "requests", "largest paint ms", "interactive ms", "server p50 ms", "server p95 ms"],
            rows
        );
        return isWithin;
    }

    private static async Task<Percentiles> AnswersAsync(
        Uri page,
        CookieContainer cookies,
        CancellationToken cancellationToken
    )
    {
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = cookies });
        var times = new List<TimeSpan>();
        for (var number = -20; number < Requests; number++)
        {
            var start = Stopwatch.GetTimestamp();
            await http.GetByteArrayAsync(page, cancellationToken);
            if (number >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(start));
            }
        }

        return new Percentiles(times);
    }

    private static string Milliseconds(TimeSpan time) =>
        time.TotalMilliseconds.ToString("N0", CultureInfo.InvariantCulture);
}
