using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Benchmarks.Circuits;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Operations;
using ProPartHub.Domain.People;
using ProPartHub.HubSpotSandbox;
using ProPartHub.HubSpotSandbox.Seed;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Infrastructure.Postgres;
using ProPartHub.Tests.Live;
using Xunit;
using YamlDotNet.Serialization;

namespace ProPartHub.Tests.Operations;

/// <summary>
/// Alerts and dashboard name only what a running portal measures, each alert has its page and each page its alert.
/// </summary>
public sealed partial class DeployFilesTests
{
    private const string Secret = "0123456789abcdef-metrics";

    private static readonly string[] Sections =
    [
        "## What it means",
        "## What people see",
        "## How to look",
        "## What to do",
        "## When to wake somebody",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string RunBooks => Path.Combine(Checkout.Folder, "docs", "runbooks");

    [Fact]
    public void EachAlert_HasItsPage_AndEachPageItsAlert()
    {
        var alerts = Alerts();
        Assert.True(alerts.Count >= 20);
        Assert.Equal(alerts.Count, alerts.Select(alert => alert.Name).Distinct().Count());
        var list = File.ReadAllText(Path.Combine(RunBooks, "README.md"));
        foreach (var alert in alerts)
        {
            Assert.Contains(alert.Severity, new[] { "page", "ticket" });
            Assert.NotEmpty(alert.Summary);
            var page = File.ReadAllText(Path.Combine(Checkout.Folder, alert.RunBook));
            Assert.Contains($"Alert `{alert.Name}`, severity {alert.Severity}.", page, StringComparison.Ordinal);
            Assert.All(Sections, section => Assert.Contains(section, page, StringComparison.Ordinal));
            Assert.Contains($"[{alert.Name}]({Path.GetFileName(alert.RunBook)})", list, StringComparison.Ordinal);
        }

        Assert.Equal(
            alerts.Select(alert => Path.GetFileName(alert.RunBook)).Append("README.md").Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(RunBooks).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void PagesOfRunBooks_LeadSomewhere()
    {
        foreach (var page in Directory.EnumerateFiles(RunBooks))
        {
            foreach (Match link in Link().Matches(File.ReadAllText(page)))
            {
                var target = Path.Combine(RunBooks, link.Groups[1].Value);
                Assert.True(File.Exists(target), $"{Path.GetFileName(page)} leads to {link.Groups[1].Value}");
            }
        }
    }

    [Fact]
    public void Dashboard_AsksOnlyOfWhatCanBeChosen_AndNoTwoPanelsLieOverOneAnother()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(DashboardPath));
        var places = new HashSet<(int, int)>();
        foreach (var panel in dashboard.RootElement.GetProperty("panels").EnumerateArray())
        {
            var place = panel.GetProperty("gridPos");
            var (x, y) = (place.GetProperty("x").GetInt32(), place.GetProperty("y").GetInt32());
            for (var column = x; column < x + place.GetProperty("w").GetInt32(); column++)
            {
                for (var line = y; line < y + place.GetProperty("h").GetInt32(); line++)
                {
                    Assert.InRange(column, 0, 23);
                    Assert.True(places.Add((column, line)), panel.GetProperty("title").GetString());
                }
            }
        }

        Assert.All(Expressions(dashboard), asked => Assert.Contains("$instance", asked, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhateverAlertsAndDashboardName_IsMeasuredByARunningPortal()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(DashboardPath));
        var named = Alerts()
            .Select(alert => alert.Expression)
            .Concat(Expressions(dashboard))
            .SelectMany(MetricsOf)
            // Prometheus' own.
            .Where(name => name is not "up")
            .Distinct()
            .ToList();
        Assert.True(named.Count > 30);

        var measured = (await ScrapeAsync()).ToHashSet();

        Assert.Equal([], named.Where(name => !measured.Contains(name)).Order());
    }

    private static string DashboardPath => Path.Combine(Checkout.Folder, "deploy", "grafana", "propart-hub.json");

    // A portal that has been worked with: by a browser, in a circuit, against a HubSpot.
    private static async Task<IReadOnlyList<string>> ScrapeAsync()
    {
        await using var database = await TestDatabase.CreateAsync(Token);
        var folder = Directory.CreateTempSubdirectory("hub-metrics");
        await using var hubSpot = await SandboxHost.StartAsync(
            new SandboxOptions
            {
                Seed = new SeedOptions { Contacts = 1, Deals = 1 },
                SearchIndexDelay = TimeSpan.Zero,
            },
            Token
        );
        await using var hub = await HubHost.StartAsync(
            database.ConnectionString,
            new()
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Telemetry:MetricsToken"] = Secret,
                    ["Files:Folder"] = folder.FullName,
                    ["HubSpot:BaseAddress"] = hubSpot.BaseAddress.ToString(),
                    ["HubSpot:AccessToken"] = hubSpot.Account.Options.AccessToken,
                    ["HubSpot:Sync:IsSandbox"] = "true",
                },
            }
        );
        await hub.AddUserAsync("halyna", AccountHub.Password, Role.Agent);
        var cookies = new System.Net.CookieContainer();
        using (var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies })
        using (var browser = new HttpClient(handler) { BaseAddress = hub.BaseAddress })
        using (await browser.LogInAsync("halyna", AccountHub.Password)) { }

        await using var circuit = await CircuitClient.OpenAsync(hub.BaseAddress, "leads", cookies, _ => { }, Token);
        await using (var scope = hub.Services.CreateAsyncScope())
        {
            await using var db = await hub.Database.ReadAsync(Token);
            await scope
                .ServiceProvider.GetRequiredService<LeadService>()
                .CreateAsync(
                    db.Users.Single(user => user.UserName == "halyna").ToActor("test"),
                    HubBed.Input(1),
                    null,
                    Token
                );
        }

        var reader = hub.Services.GetRequiredService<OperationsReader>();
        var sync = hub.Services.GetRequiredService<SyncMonitor>();
        await Eventually.IsAsync(() => sync.Limiter?.DailyRemaining is not null, Token);
        await Eventually.IsAsync(
            async () => (await reader.ReadAsync(TimeSpan.Zero, Token)).Exchange.LastPull is not null,
            Token
        );
        using var scraper = hub.NewBrowser();
        scraper.DefaultRequestHeaders.Authorization = new("Bearer", Secret);
        IReadOnlyList<string> measured = [];
        // The page's render, the event of the feed and the garbage collection come when they come.
        await Eventually.IsAsync(
            async () =>
            {
                GC.Collect();
                var text = await scraper.GetStringAsync("/metrics", Token);
                measured = [.. Series().Matches(text).Select(line => line.Groups[1].Value).Distinct()];
                return measured.Contains("propart_feed_delivery_duration_seconds_bucket")
                    && measured.Contains("dotnet_gc_collections_total")
                    && measured.Contains("aspnetcore_components_handle_event_duration_seconds_bucket");
            },
            Token
        );
        folder.Delete(recursive: true);
        return measured;
    }

    private static List<Alert> Alerts()
    {
        var text = File.ReadAllText(Path.Combine(Checkout.Folder, "deploy", "prometheus", "alerts.yml"));
        var root = new DeserializerBuilder().Build().Deserialize<Dictionary<string, List<Group>>>(text);
        return
        [
            .. root["groups"]
                .SelectMany(group => group.rules)
                .Select(rule => new Alert(
                    rule.alert,
                    rule.expr,
                    rule.labels["severity"],
                    rule.annotations["summary"],
                    rule.annotations["runbook"]
                )),
        ];
    }

    private static IEnumerable<string> Expressions(JsonDocument dashboard) =>
        dashboard
            .RootElement.GetProperty("panels")
            .EnumerateArray()
            .Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!);

    // Words that are neither functions nor labels: labels stand in braces or after by/on, functions before a bracket.
    private static IEnumerable<string> MetricsOf(string expression) =>
        Metric()
            .Matches(Grouping().Replace(Braces().Replace(Text().Replace(expression, ""), ""), ""))
            .Select(word => word.Value)
            .Where(word => word is not ("and" or "or" or "unless"));

    private sealed record Alert(string Name, string Expression, string Severity, string Summary, string RunBook);

#pragma warning disable IDE1006, CA1812 // As the file of Prometheus has them; made by YamlDotNet.
    private sealed class Group
    {
        public string name { get; set; } = "";

        public List<Rule> rules { get; set; } = [];
    }

    private sealed class Rule
    {
        public string alert { get; set; } = "";

        public string expr { get; set; } = "";

        public string @for { get; set; } = "";

        public Dictionary<string, string> labels { get; set; } = [];

        public Dictionary<string, string> annotations { get; set; } = [];
    }
#pragma warning restore IDE1006, CA1812

    [GeneratedRegex(@"\]\(([^)#]+\.md)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^([a-z_:][a-z0-9_:]*)[{ ]", RegexOptions.Multiline)]
    private static partial Regex Series();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Text();

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]")]
    private static partial Regex Braces();

    [GeneratedRegex(@"\b(by|on|ignoring|without)\s*\([^)]*\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\b[a-z_][a-z0-9_]*\b(?!\s*\()")]
    private static partial Regex Metric();
}
