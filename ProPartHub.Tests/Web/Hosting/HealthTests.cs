using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
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
}
