namespace ProPartHub.HubSpotSandbox.Seed;

/// <summary>How many made-up records the account starts with. Equal seeds give equal accounts.</summary>
public sealed record SeedOptions
{
    public int Contacts { get; init; } = 2_000;

    public int Deals { get; init; } = 2_000;

    public int Random { get; init; } = 20260322;

    public static SeedOptions Empty { get; } = new() { Contacts = 0, Deals = 0 };
}
