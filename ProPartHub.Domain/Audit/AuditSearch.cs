using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Audit;

/// <summary>The queries behind the audit's list: each filter has an index that also gives the order.</summary>
internal static class AuditSearch
{
    /// <summary>The security events that a page may need; null where the filter leaves none.</summary>
    public static IQueryable<SecurityEvent>? Security(
        HubDbContext db,
        AuditFilter filter,
        Guid? leadId,
        AuditPlace? after,
        int most
    )
    {
        var events = Narrowed(db.SecurityEvents, filter, after);
        if (filter.UserId is { } userId)
        {
            events = events.Where(row => row.UserId == userId);
        }

        if (leadId is { } lead)
        {
            events = events.Where(row => row.LeadId == lead);
        }

        if (filter.Group is not { } group)
        {
            return events.Newest(most);
        }

        // Each kind from its own stretch of the index: asked for several kinds at once PostgreSQL would look through
        // everything that happened until it had found enough of them.
        return AuditGroups
            .Of(group)
            .Select(kind => events.Where(row => row.Kind == kind).Newest(most))
            .Aggregate(Queryable.Concat);
    }

    /// <summary>The events of leads that a page may need; null where the filter leaves none.</summary>
    public static IQueryable<LeadEvent>? Leads(
        HubDbContext db,
        AuditFilter filter,
        Guid? leadId,
        AuditPlace? after,
        int most
    )
    {
        if (filter.Group is not (null or AuditGroup.Leads) || filter.UserId is not null)
        {
            return null;
        }

        // What the exchange says of its own state is no deed of anybody's.
        var events = Narrowed(db.LeadEvents, filter, after).Where(row => row.Kind != LeadEventKind.SyncStateChanged);
        if (leadId is { } lead)
        {
            events = events.Where(row => row.LeadId == lead);
        }

        return events.Newest(most);
    }

    // What both tables are narrowed by.
    private static IQueryable<T> Narrowed<T>(IQueryable<T> events, AuditFilter filter, AuditPlace? after)
        where T : class, IAuditEvent
    {
        if (filter.ActorId is { } actorId)
        {
            events = events.Where(row => row.ActorId == actorId);
        }

        if (ReadableText.Cleaned(filter.Address) is { } address)
        {
            events = events.Where(row => row.Address == address);
        }

        if (filter.From is { } from)
        {
            events = events.Where(row => row.OccurredAt >= from);
        }

        if (filter.Before is { } before)
        {
            events = events.Where(row => row.OccurredAt < before);
        }

        if (after is not null)
        {
            var (at, id) = (after.At, Edge(after, T.Source));
            events = events.Where(row =>
                EF.Functions.LessThan(ValueTuple.Create(row.OccurredAt, row.Id), ValueTuple.Create(at, id))
            );
        }

        return events;
    }

    // Of one instant events of leads come first: after one of them every security event is still to come, after a security
    // event none of a lead is.
    private static long Edge(AuditPlace after, AuditSource source) =>
        after.Source == source ? after.Id
        : source is AuditSource.Security ? long.MaxValue
        : long.MinValue;
}
