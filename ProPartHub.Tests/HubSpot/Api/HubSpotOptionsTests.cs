using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.HubSpot.Api;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Api;

public sealed class HubSpotOptionsTests
{
    [Fact]
    public void Validate_TokenAlone_IsEnough()
    {
        var options = Read(("AccessToken", "pat-eu1-x"));

        Assert.Equal(
            ("https://api.hubapi.com/", "2026-03", 90, 4, 80),
            (
                options.BaseAddress.ToString(),
                options.ApiVersion,
                options.RequestsPerTenSeconds,
                options.SearchesPerSecond,
                options.AssociationsPerTenSeconds
            )
        );
    }

    [Theory]
    [InlineData("AccessToken", "")]
    [InlineData("AccessToken", "two words")]
    [InlineData("BaseAddress", "http://api.hubapi.com")]
    [InlineData("BaseAddress", "https://api.hubapi.com/crm")]
    [InlineData("BaseAddress", "/relative")]
    [InlineData("ApiVersion", "2026")]
    [InlineData("ClientSecret", " ")]
    [InlineData("WebhookPublicUrl", "http://hub.example.com/hubspot/webhooks")]
    [InlineData("RequestsPerTenSeconds", "0")]
    [InlineData("SearchesPerSecond", "6")]
    [InlineData("AssociationsPerTenSeconds", "201")]
    [InlineData("AttemptTimeout", "00:00:00")]
    [InlineData("TotalTimeout", "00:00:01")]
    [InlineData("MaxRetries", "0")]
    [InlineData("RetryDelay", "-00:00:01")]
    [InlineData("MaxRetryDelay", "00:00:00.5")]
    [InlineData("CircuitBreakDuration", "00:00:00.1")]
    public void Validate_BadSetting_IsNamed(string setting, string value)
    {
        var failure = Assert.Throws<OptionsValidationException>(() =>
            Read(("AccessToken", "pat-eu1-x"), ("ClientSecret", "secret"), (setting, value))
        );

        Assert.StartsWith($"HubSpot:{setting} ", Assert.Single(failure.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_WebhooksWithoutASecret_AreRefused()
    {
        var failure = Assert.Throws<OptionsValidationException>(() =>
            Read(("AccessToken", "x"), ("WebhookPublicUrl", "https://hub.example.com/hubspot/webhooks"))
        );

        Assert.StartsWith("HubSpot:ClientSecret ", Assert.Single(failure.Failures), StringComparison.Ordinal);
    }

    /// <summary>As compose.yaml hands on what .env leaves empty.</summary>
    [Fact]
    public void Validate_EmptySettingsOfWebhooks_AreNone()
    {
        var options = Read(("AccessToken", "pat-eu1-x"), ("ClientSecret", ""), ("WebhookPublicUrl", ""));

        Assert.Equal("pat-eu1-x", options.AccessToken);
    }

    private static HubSpotOptions Read(params (string Name, string Value)[] settings)
    {
        var values = new Dictionary<string, string?>();
        foreach (var (name, value) in settings)
        {
            values[$"HubSpot:{name}"] = value;
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        using var services = new ServiceCollection().AddHubSpotApi(configuration).BuildServiceProvider();
        return services.GetRequiredService<IOptions<HubSpotOptions>>().Value;
    }
}
