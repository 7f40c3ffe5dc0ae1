using System.Text.Json.Serialization;

namespace ProPartHub.HubSpotSandbox.Schema;

/// <summary>A person who can own records. <paramref name="Id"/> is what owner properties hold, never the user's id.</summary>
/// <param name="UserId">Null, and written so, for one who has left.</param>
public sealed record Owner(
    string Id,
    string Type,
    string Email,
    string FirstName,
    string LastName,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? UserId,
    long UserIdIncludingInactive,
    IReadOnlyList<OwnerTeam> Teams,
    string CreatedAt,
    string UpdatedAt,
    bool Archived
);

public sealed record OwnerTeam(string Id, string Name, bool Primary);
