using ProPartHub.HubSpotSandbox.Limits;
using ProPartHub.HubSpotSandbox.Seed;

namespace ProPartHub.HubSpotSandbox;

/// <summary>What a stand-in HubSpot account is like when it starts.</summary>
public sealed record SandboxOptions
{
    /// <summary>Address to listen on; port 0 takes a free one.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    /// <summary>Id of the account. One with a <see cref="StateFile"/> draws its own at its first start and keeps it.</summary>
    public long PortalId { get; init; } = 50112233;

    /// <summary>Where the account is kept between starts; null for nowhere. Its folder must be there.</summary>
    public string? StateFile { get; init; }

    /// <summary>The app whose token the callers use: it appears as the source of their writes.</summary>
    public long AppId { get; init; } = 30445566;

    public string AccessToken { get; init; } = "sandbox-access-token";

    /// <summary>Signs webhooks.</summary>
    public string ClientSecret { get; init; } = "sandbox-client-secret";

    /// <summary>Scopes of the token; empty means every scope.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Time zone of the account: its midnight resets the daily limit.</summary>
    public string TimeZone { get; init; } = "Europe/Kyiv";

    /// <summary>Where webhooks go; can be set later through the control API.</summary>
    public Uri? WebhookTarget { get; init; }

    /// <summary>How long a change stays invisible to search.</summary>
    public TimeSpan SearchIndexDelay { get; init; } = TimeSpan.FromSeconds(5);

    public RateLimitOptions Limits { get; init; } = new();

    public SeedOptions Seed { get; init; } = new();

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
