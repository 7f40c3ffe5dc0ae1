using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Schema;

namespace ProPartHub.HubSpotSandbox.State;

/// <summary>All an account holds, in the shape in which it lies in a file. Limits, faults and calls are not kept.</summary>
internal sealed record AccountState
{
    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    public required long PortalId { get; init; }

    /// <summary>Who made changes; versions name them by their place in this list.</summary>
    public required IReadOnlyList<ChangeSource> Sources { get; init; }

    /// <summary>By type id.</summary>
    public required IReadOnlyDictionary<string, TypeState> Types { get; init; }

    public required IReadOnlyList<LinkState> Links { get; init; }

    public required IReadOnlyList<Pipeline> Pipelines { get; init; }

    public required IReadOnlyList<string> BlockedEmails { get; init; }
}

/// <summary>The records of one type, live and archived, by ascending id.</summary>
/// <param name="Properties">Those made since the account's first start.</param>
internal sealed record TypeState(
    long NextId,
    IReadOnlyList<RecordState> Records,
    IReadOnlyDictionary<long, long> MergedInto,
    IReadOnlyList<PropertyDefinition> Properties
);

/// <param name="Properties">Every version of every property, newest first.</param>
internal sealed record RecordState(
    long Id,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? ArchivedAt,
    IReadOnlyDictionary<string, IReadOnlyList<VersionState>> Properties
);

internal sealed record VersionState(string Value, DateTimeOffset At, int Source);

internal sealed record LinkState(
    string FromType,
    long From,
    string ToType,
    long To,
    IReadOnlyList<LinkTypeState> Types
);

internal sealed record LinkTypeState(string Category, int TypeId);
