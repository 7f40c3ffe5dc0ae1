namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>A person or queue that records can belong to.</summary>
public sealed record HubSpotOwner
{
    /// <summary>Id, the value of <c>hubspot_owner_id</c>; not the user id.</summary>
    public string Id { get; init; } = "";

    /// <summary><c>PERSON</c> or <c>QUEUE</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Mail address.</summary>
    public string? Email { get; init; }

    /// <summary>First name.</summary>
    public string? FirstName { get; init; }

    /// <summary>Last name.</summary>
    public string? LastName { get; init; }

    /// <summary>User id, also of one who is no longer active.</summary>
    public string? UserIdIncludingInactive { get; init; }

    /// <summary>No longer active.</summary>
    public bool Archived { get; init; }
}
