using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Audit;

/// <summary>
/// Records who was refused what for want of a right. Services need not call it: the exceptions by which they refuse do
/// (<see cref="ForbiddenException.For"/>, <see cref="NotFoundException.Hidden"/>), on behalf of the actor. Of one person and
/// act at most one row a minute is written, so that nobody can flood the audit by being refused.
/// </summary>
public sealed class RefusalLog(HubDatabase database, TimeProvider time, ILogger<RefusalLog> logger, WorkLog work)
    : DeferredEvents(database, time, logger, LockKey, work)
{
    // Any number that no other lock of the hub uses: "refusals" as ASCII.
    private const long LockKey = 0x72_65_66_75_73_61_6C_73;
    private const string Act = "act";

    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(Guid, GuardedAct), DateTimeOffset> _noted = new();

    /// <inheritdoc/>
    private protected override BackgroundWork Work => BackgroundWork.Refusals;

    /// <summary>Takes note of a refusal; waits for nothing and never fails.</summary>
    /// <param name="actor">Who was refused.</param>
    /// <param name="act">What.</param>
    /// <param name="userId">The account it is about.</param>
    /// <param name="leadId">The lead it is about.</param>
    /// <param name="path">The page, where one was refused.</param>
    public void Note(Actor actor, GuardedAct act, Guid? userId = null, Guid? leadId = null, string? path = null)
    {
        var now = Time.GetUtcNow();
        if (!IsFirst((actor.ViewerId ?? actor.UserId, act), now))
        {
            return;
        }

        (string, string?)[] details = path is null ? [(Act, $"{act}")] : [(Act, $"{act}"), ("path", path)];
        HandOver(SecurityLog.About(SecurityEventKind.AccessDenied, actor, Time, userId, leadId, details));
    }

    // Another instance may have stored the same within the minute.
    private protected override async Task<IEnumerable<SecurityEvent>> NewAsync(
        HubDbContext db,
        IReadOnlyList<SecurityEvent> events,
        CancellationToken cancellationToken
    )
    {
        var since = events.Min(entry => entry.OccurredAt) - Quiet;
        var actors = events.Select(entry => entry.ActorId).Distinct().ToList();
        var known = await db
            .SecurityEvents.Where(row =>
                row.Kind == SecurityEventKind.AccessDenied && actors.Contains(row.ActorId) && row.OccurredAt > since
            )
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        var fresh = new List<SecurityEvent>();
        foreach (var entry in events)
        {
            if (!known.Concat(fresh).Any(other => IsSameSoonAfter(other, entry)))
            {
                fresh.Add(entry);
            }
        }

        return fresh;
    }

    private static bool IsSameSoonAfter(SecurityEvent one, SecurityEvent other) =>
        one.ActorId == other.ActorId
        && one.Details.GetValueOrDefault(Act) == other.Details.GetValueOrDefault(Act)
        && (one.OccurredAt - other.OccurredAt).Duration() < Quiet;

    // Of callers at the same moment one alone puts the new time in.
    private bool IsFirst((Guid, GuardedAct) key, DateTimeOffset now)
    {
        if (_noted.TryGetValue(key, out var last))
        {
            return now - last >= Quiet && _noted.TryUpdate(key, now, last);
        }

        foreach (var old in _noted.Where(entry => now - entry.Value >= Quiet))
        {
            _noted.TryRemove(old);
        }

        return _noted.TryAdd(key, now);
    }
}
