using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ProPartHub.Web.Hosting.Telemetry;
using Xunit;

namespace ProPartHub.Tests.Web.Hosting;

public sealed class HealthTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ready_WithAFailedCheck_SaysWhichAndWhy_WhileTheProcessIsAlive()
    {
        await using var hub = new HubServer(services =>
            services
                .AddHealthChecks()
                .AddCheck("storage", () => HealthCheckResult.Unhealthy("PostgreSQL does not answer."))
                .AddCheck("sync", () => HealthCheckResult.Healthy())
        );
        using var client = hub.Open();
        using var live = await client.GetAsync("/health/live", Ct);
        using var ready = await client.GetAsync("/health/ready", Ct);

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("application/json", ready.Content.Headers.ContentType!.MediaType);
        var body = await ready.Content.ReadAsStringAsync(Ct);
        Assert.Contains(
            "\"storage\",\"status\":\"Unhealthy\",\"reason\":\"PostgreSQL does not answer.\"",
            body,
            StringComparison.Ordinal
        );
        Assert.Contains("\"sync\",\"status\":\"Healthy\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ready_WithACheckThatThrows_KeepsTheExceptionToItself()
    {
        await using var hub = new HubServer(services =>
            services
                .AddHealthChecks()
                .AddCheck("storage", () => throw new InvalidOperationException("password=hunter2 refused by 10.1.2.3"))
        );
        using var client = hub.Open();
        using var ready = await client.GetAsync("/health/ready", Ct);
        var body = await ready.Content.ReadAsStringAsync(Ct);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("storage", body, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", body, StringComparison.Ordinal);
        Assert.DoesNotContain("10.1.2.3", body, StringComparison.Ordinal);
    }

    // A proxy on this machine is believed, so this is how a machine elsewhere looks.
    [Theory]
    [InlineData(null, false)]
    [InlineData("Bearer guess-guess-guess", false)]
    [InlineData("Basic held-by-the-monitor", false)]
    [InlineData("Bearer held-by-the-monitor", true)]
    [InlineData("bearer  held-by-the-monitor ", true)]
    public async Task Reasons_AreForThisMachine_AndForWhoHoldsTheToken(string? authorization, bool areTold)
    {
        await using var hub = new HubServer(services =>
        {
            services.Configure<TelemetryOptions>(options => options.MetricsToken = "held-by-the-monitor");
            services
                .AddHealthChecks()
                .AddCheck("storage", () => HealthCheckResult.Unhealthy("PostgreSQL does not answer."));
        });
        using var client = hub.Open();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/ready");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var ready = await client.SendAsync(request, Ct);
        var body = await ready.Content.ReadAsStringAsync(Ct);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.StartsWith("{\"status\":\"Unhealthy\"", body, StringComparison.Ordinal);
        Assert.Equal(areTold, body.Contains("storage", StringComparison.Ordinal));
    }
}
