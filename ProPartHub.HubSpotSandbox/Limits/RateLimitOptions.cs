namespace ProPartHub.HubSpotSandbox.Limits;

/// <summary>Limits of an account on the free or starter tier, all changeable.</summary>
public sealed record RateLimitOptions
{
    public bool Enabled { get; init; } = true;

    /// <summary>Ordinary calls of the app in any ten seconds.</summary>
    public int Burst { get; init; } = 100;

    /// <summary>Searches of the account in any second.</summary>
    public int SearchPerSecond { get; init; } = 5;

    /// <summary>Batch calls of the associations API in any ten seconds.</summary>
    public int AssociationBurst { get; init; } = 100;

    /// <summary>Ordinary calls and searches of the account from midnight to midnight.</summary>
    public int Daily { get; init; } = 250_000;

    /// <summary>Batch calls of the associations API from midnight to midnight.</summary>
    public int AssociationDaily { get; init; } = 500_000;
}
