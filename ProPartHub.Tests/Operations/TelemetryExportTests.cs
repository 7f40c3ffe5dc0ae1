using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using ProPartHub.Domain.Telemetry;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Infrastructure.Postgres;
using ProPartHub.Tests.Live;
using ProPartHub.Web.Hosting.Telemetry;
using Xunit;

namespace ProPartHub.Tests.Operations;

/// <summary>What reaches a collector, and what must not.</summary>
public sealed class TelemetryExportTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private Receiver _collector = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(Token);
        _collector = await Receiver.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _collector.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task TracesMetricsAndLogLines_Arrive_WithoutSecretsAndPersonalData()
    {
        await using (var hub = await StartAsync(("Serilog:MinimumLevel:Override:Seen", "Information")))
        {
            using var browser = hub.NewBrowser();
            // The test's own call is made in this process too, and is not the portal's to trace.
            using (SuppressInstrumentationScope.Begin())
            using (await browser.GetAsync("/shared/0123-top-secret?who=taras-the-client", Token)) { }

            await hub
                .Services.GetRequiredService<WorkLog>()
                .RunAsync(
                    BackgroundWork.FileSweep,
                    async () =>
                    {
                        await using var db = await hub.Database.ReadAsync(Token);
                        // As a person types it: a parameter, where a constant of the program would stand in the SQL.
                        var typed = new string("Таємна Клієнтка");
                        Assert.Empty(db.Leads.Where(lead => lead.ClientName == typed));
                    }
                );
            hub.Services.GetRequiredService<ILoggerFactory>()
                .CreateLogger("Seen")
                .LogInformation("Somebody wrote from {Where}", "olena@example.com");
            hub.Services.GetRequiredService<TracerProvider>().ForceFlush();
            hub.Services.GetRequiredService<MeterProvider>().ForceFlush();
        }

        await Eventually.IsAsync(
            () => _collector.TextOf("/v1/logs").Contains("Somebody wrote from", StringComparison.Ordinal),
            Token
        );
        var traces = _collector.TextOf("/v1/traces");
        Assert.Contains("work FileSweep", traces, StringComparison.Ordinal);
        Assert.Contains("/shared/{Token}", traces, StringComparison.Ordinal);
        // The command that the work sent, inside its trace.
        Assert.Contains("FROM leads", traces, StringComparison.Ordinal);
        Assert.Contains("propart.transaction.duration", _collector.TextOf("/v1/metrics"), StringComparison.Ordinal);
        var all = traces + _collector.TextOf("/v1/metrics") + _collector.TextOf("/v1/logs");
        Assert.Contains("propart-hub", all, StringComparison.Ordinal);
        foreach (var secret in new[] { "top-secret", "taras-the-client", "olena@example.com", "Таємна" })
        {
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task TraceShareOfNought_TracesNothing_AlsoWhereACallerAsksForIt()
    {
        await using (var hub = await StartAsync(("Telemetry:TraceShare", "0")))
        {
            using var browser = hub.NewBrowser();
            browser.DefaultRequestHeaders.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            using (await browser.GetAsync("/account/login", Token)) { }
            hub.Services.GetRequiredService<TracerProvider>().ForceFlush();
        }

        Assert.Empty(_collector.TextOf("/v1/traces"));
    }

    [Theory]
    [InlineData("Telemetry:OtlpEndpoint", "collector:4317", "OtlpEndpoint")]
    [InlineData("Telemetry:OtlpEndpoint", "ftp://collector", "OtlpEndpoint")]
    [InlineData("Telemetry:TraceShare", "1.5", "TraceShare")]
    [InlineData("Telemetry:MetricsToken", "short-secret", "MetricsToken")]
    public async Task WrongSetting_IsNamedBeforeTheStart_AndNoSecretOfIt(string setting, string value, string named)
    {
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync((setting, value)));

        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("short-secret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingSet_IsNoFault() =>
        Assert.True(new TelemetryOptionsValidator().Validate(null, new TelemetryOptions()).Succeeded);

    private Task<HubHost> StartAsync(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Telemetry:OtlpEndpoint"] = _collector.Address.ToString(),
            ["Telemetry:OtlpProtocol"] = nameof(TelemetryProtocol.Http),
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return HubHost.StartAsync(_database.ConnectionString, new() { Settings = all });
    }
}
