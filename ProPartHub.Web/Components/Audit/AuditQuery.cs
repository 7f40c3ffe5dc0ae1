using ProPartHub.Domain.Audit;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Audit;

/// <summary>The audit's filter as its address holds it: days of the agency's in place of instants.</summary>
public sealed record AuditQuery
{
    /// <summary>Who did it.</summary>
    public Guid? Actor { get; init; }

    /// <summary>The account it is about.</summary>
    public Guid? About { get; init; }

    /// <summary>The number of the lead it is about.</summary>
    public long? Lead { get; init; }

    /// <summary>Kinds of event.</summary>
    public AuditGroup? Group { get; init; }

    /// <summary>From which address.</summary>
    public string? Address { get; init; }

    /// <summary>The first day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly? To { get; init; }

    /// <summary>True when anything narrows it.</summary>
    public bool IsNarrowed => this != new AuditQuery();

    /// <summary>The same as the domain asks it.</summary>
    public AuditFilter ToFilter(AgencyTime time) =>
        new()
        {
            ActorId = Actor,
            UserId = About,
            LeadNumber = Lead,
            Group = Group,
            Address = Address,
            From = From is { } first ? time.StartOf(first) : null,
            Before = To is { } last && last < DateOnly.MaxValue ? time.StartOf(last.AddDays(1)) : null,
        };
}
