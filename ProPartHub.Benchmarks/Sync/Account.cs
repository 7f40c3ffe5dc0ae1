using ProPartHub.HubSpotSandbox;
using ProPartHub.HubSpotSandbox.Limits;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.HubSpotSandbox.Seed;

namespace ProPartHub.Benchmarks.Sync;

/// <summary>A sandbox with so many deals, each with its contact and some notes, calls, mails, meetings and tasks.</summary>
internal static class Account
{
    private const int PageSize = 100;

    private static readonly ObjectType[] Engagements =
    [
        ObjectType.Notes,
        ObjectType.Calls,
        ObjectType.Emails,
        ObjectType.Meetings,
        ObjectType.Tasks,
    ];

    /// <param name="deals">Deals, and as many contacts.</param>
    /// <param name="isLimited">Whether it has the limits of the smallest plan, or none.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static Task<SandboxHost> StartAsync(int deals, bool isLimited, CancellationToken cancellationToken) =>
        SandboxHost.StartAsync(
            new SandboxOptions
            {
                Limits = new RateLimitOptions { Enabled = isLimited },
                Seed = new SeedOptions { Contacts = deals, Deals = deals },
            },
            cancellationToken
        );

    /// <summary>Records of a type.</summary>
    public static int Count(SandboxHost sandbox, ObjectType type) =>
        sandbox.Account.Locked(() => sandbox.Account.Records(type).All.Count);

    /// <summary>All notes, calls, mails, meetings and tasks.</summary>
    public static int CountEngagements(SandboxHost sandbox) => Engagements.Sum(type => Count(sandbox, type));

    /// <summary>
    /// The fewest requests that read everything: for a hundred deals one that lists them with the ids of their contacts and
    /// one that reads those, and one for a hundred of each kind of engagement.
    /// </summary>
    public static int FewestCalls(SandboxHost sandbox) =>
        (2 * Pages(Count(sandbox, ObjectType.Deals))) + Engagements.Sum(type => Pages(Count(sandbox, type)));

    private static int Pages(int records) => (records + PageSize - 1) / PageSize;
}
