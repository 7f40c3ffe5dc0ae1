using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.FollowUps;

/// <summary>
/// Something that somebody means to do about a lead by a certain time; goes both ways with HubSpot's tasks. It has no
/// assignee of its own: it is up to the lead's agent, whoever that is.
/// </summary>
public sealed class FollowUp
{
    /// <summary>Longest title that people may type, in characters. HubSpot's tasks may have longer ones, stored whole.</summary>
    public const int TitleLength = 200;

    /// <summary>Longest details that people may type, in characters.</summary>
    public const int DetailsLength = 3000;

    /// <summary>How far ahead a follow-up may be due.</summary>
    public const int MostYearsAhead = 10;

    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The lead.</summary>
    public Guid LeadId { get; init; }

    /// <summary>What to do, in one line; empty only for a task that came without a title.</summary>
    public required string Title { get; set; }

    /// <summary>More about it, as plain text.</summary>
    public string? Details { get; set; }

    /// <summary>By when (UTC).</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>When it was done (UTC).</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>How often it comes again once it is done.</summary>
    public FollowUpRepeat Repeat { get; set; }

    /// <summary>The time from which the rhythm is counted (UTC); null where that is <see cref="DueAt"/>.</summary>
    public DateTimeOffset? RepeatFrom { get; set; }

    /// <summary>The one that came after it, once that is there.</summary>
    public Guid? NextId { get; set; }

    /// <summary>The portal user who wrote it; null for HubSpot's people.</summary>
    public Guid? AuthorId { get; init; }

    /// <summary>Name of the author.</summary>
    public required string AuthorName { get; init; }

    /// <summary>HubSpot's owner of the task, by name, where that is not the lead's agent.</summary>
    public string? OwnerName { get; set; }

    /// <summary>Where it was written.</summary>
    public ChangeOrigin Origin { get; init; }

    /// <summary>When it was written (UTC).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was deleted (UTC); the text stays for the audit.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>PostgreSQL's row version (<c>xmin</c>).</summary>
    public uint Version { get; private set; }
}
