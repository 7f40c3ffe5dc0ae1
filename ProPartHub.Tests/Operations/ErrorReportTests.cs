using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProPartHub.Benchmarks.Circuits;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Telemetry;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Infrastructure.Postgres;
using ProPartHub.Tests.Live;
using ProPartHub.Web.Hosting.ErrorReports;
using Xunit;

namespace ProPartHub.Tests.Operations;

/// <summary>An error of a circuit, from the log to what speaks Sentry's language.</summary>
public sealed class ErrorReportTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private Receiver _receiver = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Dsn => $"http://key-of-the-project@{_receiver.Address.Authority}/1";

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(Token);
        _receiver = await Receiver.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task ErrorOfACircuit_ArrivesWithVersion_PersonByIdAndCircuit_AndNothingPersonal()
    {
        var stumble = new Stumble();
        await using var hub = await StartAsync(stumble);
        var user = await hub.AddUserAsync(
            "halyna",
            AccountHub.Password,
            Role.Agent,
            row => row.DisplayName = "Галина Мороз"
        );
        await using (await OpenAsync(hub, "halyna"))
        {
            await Eventually.IsAsync(() => Reports().Count > 0, Token);
        }

        var report = Reports()[0];
        Assert.Equal($"propart-hub@{HubTelemetry.Version}", report.GetProperty("release").GetString());
        Assert.Equal(user.Id.ToString(), report.GetProperty("user").GetProperty("id").GetString());
        Assert.Equal(["id"], report.GetProperty("user").EnumerateObject().Select(part => part.Name));
        Assert.Equal(stumble.CircuitId, report.GetProperty("tags").GetProperty("circuit").GetString());
        var exception = report.GetProperty("exception").GetProperty("values")[0];
        Assert.Equal("System.InvalidOperationException", exception.GetProperty("type").GetString());
        Assert.Contains(
            exception.GetProperty("stacktrace").GetProperty("frames").EnumerateArray(),
            frame => frame.GetProperty("function").GetString()!.Contains(nameof(Stumble.Fall), StringComparison.Ordinal)
        );
        Assert.Contains(
            "somebody",
            report.GetProperty("logentry").GetProperty("formatted").GetString(),
            StringComparison.Ordinal
        );
        var all = string.Join('\n', _receiver.Received.Select(each => System.Text.Encoding.UTF8.GetString(each.Body)));
        foreach (var personal in new[] { "taras@example.com", "halyna", "Галина", "380501112233", "note of a client" })
        {
            Assert.DoesNotContain(personal, all, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task FaultThatTheCircuitItselfLogs_HasItsPersonToo()
    {
        await using var hub = await StartAsync(new Stumble { IsQuiet = true });
        var user = await hub.AddUserAsync("halyna", AccountHub.Password);
        await using var circuit = await OpenAsync(hub, "halyna");
        var owners = hub.Services.GetRequiredService<CircuitOwners>();
        var id = hub.Services.GetRequiredService<Stumble>().CircuitId!;
        Assert.Equal(user.Id.ToString(), owners.Of(id));

        // As Blazor says it of a timer's callback: outside of anything that the person did.
        hub.Services.GetRequiredService<ILoggerFactory>()
            .CreateLogger("Seen")
            .LogError(new TimeoutException(), "Unhandled exception in circuit '{CircuitId}'.", id);
        await Eventually.IsAsync(() => Reports().Count > 0, Token);
        Assert.Equal(user.Id.ToString(), Reports()[0].GetProperty("user").GetProperty("id").GetString());

        await circuit.DisposeAsync();
        await Eventually.IsAsync(() => owners.Of(id) is null, Token);
    }

    [Fact]
    public async Task WarningsStayHere()
    {
        await using (var hub = await StartAsync(new Stumble { IsQuiet = true }))
        {
            var logger = hub.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Seen");
            logger.LogWarning(new TimeoutException(), "Slow");
            logger.LogError("Broken");
        }

        Assert.Equal("Broken", Assert.Single(Reports()).GetProperty("logentry").GetProperty("formatted").GetString());
    }

    [Fact]
    public async Task WithoutAnAddress_NothingOfItIsThere()
    {
        await using var hub = await HubHost.StartAsync(_database.ConnectionString);

        Assert.Null(hub.Services.GetService<ErrorReporter>());
    }

    [Theory]
    [InlineData("errors.example.com/1")]
    [InlineData("https://errors.example.com/1")]
    [InlineData("https://key@errors.example.com")]
    public async Task AddressThatIsNone_IsNamedBeforeTheStart(string dsn)
    {
        var fault = await Assert.ThrowsAnyAsync<Exception>(() =>
            HubHost.StartAsync(
                _database.ConnectionString,
                new() { Settings = new Dictionary<string, string?> { ["Sentry:Dsn"] = dsn } }
            )
        );

        Assert.Contains("Sentry:Dsn", fault.Message, StringComparison.Ordinal);
    }

    private Task<HubHost> StartAsync(Stumble stumble) =>
        HubHost.StartAsync(
            _database.ConnectionString,
            new()
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Sentry:Dsn"] = Dsn,
                    ["Serilog:MinimumLevel:Override:Seen"] = "Information",
                },
                Services = services =>
                    services
                        .AddSingleton(stumble)
                        .AddScoped<CircuitHandler>(provider =>
                        {
                            stumble.Logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger("Seen");
                            return stumble;
                        }),
            }
        );

    private static async Task<CircuitClient> OpenAsync(HubHost hub, string name)
    {
        var cookies = new CookieContainer();
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies };
        using var browser = new HttpClient(handler) { BaseAddress = hub.BaseAddress };
        using var answer = await browser.LogInAsync(name, AccountHub.Password);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return await CircuitClient.OpenAsync(hub.BaseAddress, "leads", cookies, _ => { }, Token);
    }

    // An envelope: a line of its own, then pairs of a header and what it heads.
    private List<JsonElement> Reports() =>
        [
            .. _receiver
                .Received.Where(each => each.Path == "/api/1/envelope/")
                .Select(each => System.Text.Encoding.UTF8.GetString(each.Body).Split('\n'))
                .Where(lines => lines.Length > 2 && lines[1].Contains("\"event\"", StringComparison.Ordinal))
                .Select(lines => JsonDocument.Parse(lines[2]).RootElement),
        ];

    /// <summary>Logs an error from within the first thing that a circuit is asked for.</summary>
    public sealed class Stumble : CircuitHandler
    {
        private bool _hasFallen;

        public string? CircuitId { get; private set; }

        public bool IsQuiet { get; init; }

        // After the portal's own.
        public override int Order => 100;

        public ILogger? Logger { get; set; }

        public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(
            Func<CircuitInboundActivityContext, Task> next
        ) =>
            async activity =>
            {
                CircuitId = activity.Circuit.Id;
                if (!_hasFallen && !IsQuiet)
                {
                    _hasFallen = true;
                    Fall();
                }

                await next(activity);
            };

        public void Fall()
        {
            try
            {
                throw new InvalidOperationException("taras@example.com has +380501112233")
                {
                    Data = { ["note"] = "note of a client" },
                };
            }
            catch (InvalidOperationException fault)
            {
                Logger!.LogError(fault, "Of {Phone} and somebody", "+380501112233");
            }
        }
    }
}
