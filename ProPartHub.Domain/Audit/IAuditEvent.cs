using Microsoft.EntityFrameworkCore;

namespace ProPartHub.Domain.Audit;

/// <summary>
/// What the two tables of events have in common, so that the audit asks both by the same code: <see cref="SecurityEvent"/>
/// and <see cref="Timeline.LeadEvent"/>.
/// </summary>
public interface IAuditEvent
{
    /// <summary>The event's table.</summary>
    static abstract AuditSource Source { get; }

    /// <summary>Key and order of writing; given by the database.</summary>
    long Id { get; }

    /// <summary>The transaction that wrote the row (<c>pg_current_xact_id()</c>).</summary>
    ulong TransactionId { get; }

    /// <summary>When (UTC).</summary>
    DateTimeOffset OccurredAt { get; }

    /// <summary>Who did it, when known.</summary>
    Guid? ActorId { get; }

    /// <summary>Network address of who did it.</summary>
    string? Address { get; }
}

/// <summary>What is asked of either table.</summary>
internal static class AuditEvents
{
    /// <summary>Those that have no seal.</summary>
    public static IQueryable<T> WithoutSeal<T>(this IQueryable<T> events, IQueryable<AuditSeal> seals)
        where T : class, IAuditEvent
    {
        // A constant in the command, as if it stood in the query: the planner knows how many seals a table has.
        var source = T.Source;
        return events.Where(row => !seals.Any(seal => seal.Source == EF.Constant(source) && seal.EventId == row.Id));
    }

    /// <summary>The newest of them.</summary>
    public static IQueryable<T> Newest<T>(this IQueryable<T> events, int most)
        where T : class, IAuditEvent =>
        events.OrderByDescending(row => row.OccurredAt).ThenByDescending(row => row.Id).Take(most);
}
