using System.Net;
using System.Net.Http.Headers;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

namespace ProPartHub.Tests.Operations;

/// <summary>Who gets <c>/metrics</c>, and what is not in it.</summary>
public sealed class MetricsEndpointTests : IAsyncLifetime
{
    private const string Secret = "0123456789abcdef-metrics";

    private TestDatabase _database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync(Token);

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer 0123456789abcdef-metric")]
    [InlineData("Bearer 0123456789abcdef-metricsX")]
    [InlineData("Basic 0123456789abcdef-metrics")]
    public async Task WithoutTheToken_ThereIsNoSuchPage(string? authorization)
    {
        await using var hub = await StartAsync(Secret);
        using var browser = hub.NewBrowser();

        using var answer = await GetAsync(browser, authorization);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("propart_", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutASetToken_NobodyGetsIt()
    {
        await using var hub = await StartAsync(null);
        using var browser = hub.NewBrowser();

        foreach (var authorization in new[] { null, "Bearer ", "Bearer " + Secret })
        {
            using var answer = await GetAsync(browser, authorization);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task WithTheToken_ItNamesNobody_AndNoPlaceOfTheDatabase()
    {
        await using var hub = await StartAsync(Secret);
        await hub.AddUserAsync("olena-secret-name", Accounts.AccountHub.Password);
        using (await hub.SignInAsync("olena-secret-name", Accounts.AccountHub.Password)) { }

        using var browser = hub.NewBrowser();
        using var answer = await GetAsync(browser, "Bearer " + Secret);
        var text = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("text/plain", answer.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        Assert.Contains("propart_security_events_total", text, StringComparison.Ordinal);
        Assert.Contains("http_server_request_duration_seconds_count", text, StringComparison.Ordinal);
        Assert.DoesNotContain("olena", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(
            new Npgsql.NpgsqlConnectionStringBuilder(_database.ConnectionString).Database!,
            text,
            StringComparison.Ordinal
        );
    }

    private Task<HubHost> StartAsync(string? token) =>
        HubHost.StartAsync(
            _database.ConnectionString,
            new() { Settings = new Dictionary<string, string?> { ["Telemetry:MetricsToken"] = token } }
        );

    private static Task<HttpResponseMessage> GetAsync(HttpClient browser, string? authorization)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (authorization is not null)
        {
            request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization.TrimEnd());
        }

        return browser.SendAsync(request, Token);
    }
}
