using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Audit;

/// <summary>Records who opened which page, once for each person, page and hour.</summary>
public sealed class ViewLog(HubDatabase database, TimeProvider time, ILogger<ViewLog> logger, WorkLog work)
    : DeferredEvents(database, time, logger, LockKey, work)
{
    private const long LockKey = 0x50_50_48_56_49_45_57_53;

    /// <inheritdoc/>
    private protected override BackgroundWork Work => BackgroundWork.Views;

    /// <summary>Somebody opened a lead's page.</summary>
    public void SawLead(Actor actor, Guid leadId) =>
        HandOver(SecurityLog.AboutLead(SecurityEventKind.LeadViewed, actor, Time, leadId));

    /// <summary>Somebody opened a person's page.</summary>
    public void SawPerson(Actor actor, Guid userId) =>
        HandOver(SecurityLog.Entry(SecurityEventKind.PersonViewed, actor, Time, userId));

    private protected override async Task<IEnumerable<SecurityEvent>> NewAsync(
        HubDbContext db,
        IReadOnlyList<SecurityEvent> events,
        CancellationToken cancellationToken
    )
    {
        var since = Hour(events.Min(view => view.OccurredAt));
        var actors = events.Select(view => view.ActorId).Distinct().ToList();
        var known = await db
            .SecurityEvents.Where(row =>
                (row.Kind == SecurityEventKind.LeadViewed || row.Kind == SecurityEventKind.PersonViewed)
                && actors.Contains(row.ActorId)
                && row.OccurredAt >= since
            )
            .Select(row => new ViewKey(row.Kind, row.ActorId, row.LeadId ?? row.UserId, row.OccurredAt))
            .ToListAsync(cancellationToken);
        var seen = known.Select(key => key with { At = Hour(key.At) }).ToHashSet();
        return events.Where(view => seen.Add(KeyOf(view)));
    }

    private static ViewKey KeyOf(SecurityEvent view) =>
        new(view.Kind, view.ActorId, view.LeadId ?? view.UserId, Hour(view.OccurredAt));

    private static DateTimeOffset Hour(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    private sealed record ViewKey(SecurityEventKind Kind, Guid? Actor, Guid? Thing, DateTimeOffset At);
}
