namespace ProPartHub.Domain.Timeline;

/// <summary>Kinds of HubSpot engagement shown in a lead's timeline.</summary>
public enum ActivityKind
{
    /// <summary>A phone call.</summary>
    Call = 1,

    /// <summary>A mail.</summary>
    Email = 2,

    /// <summary>A meeting.</summary>
    Meeting = 3,
}

/// <summary>A call, mail or meeting that HubSpot holds for a lead's deal or contact; read only here.</summary>
public sealed class Activity
{
    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The lead.</summary>
    public Guid LeadId { get; init; }

    /// <summary>What it is.</summary>
    public ActivityKind Kind { get; init; }

    /// <summary>HubSpot's object id, unique inside its kind.</summary>
    public required string HubSpotId { get; init; }

    /// <summary>Subject or title.</summary>
    public string? Subject { get; set; }

    /// <summary>Body as plain text.</summary>
    public string? Body { get; set; }

    /// <summary>HubSpot's direction, as it came.</summary>
    public string? Direction { get; set; }

    /// <summary>HubSpot's status or outcome, as it came.</summary>
    public string? Status { get; set; }

    /// <summary>Length of a call or meeting.</summary>
    public TimeSpan? Duration { get; set; }

    /// <summary>When it took place or is due (UTC).</summary>
    public DateTimeOffset OccurredAt { get; set; }

    /// <summary>HubSpot's owner of it, by name.</summary>
    public string? OwnerName { get; set; }

    /// <summary>When HubSpot deleted it (UTC).</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}
