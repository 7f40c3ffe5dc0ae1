using System.Collections.Concurrent;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Live.Presence;

/// <summary>
/// The lead pages that are open in this process, for <see cref="PresenceAnnouncer"/> to tell of. One for the process; safe
/// to call from any thread.
/// </summary>
public sealed class PresenceVisits(TimeProvider time)
{
    /// <summary>Most pages of one process that are told of.</summary>
    public const int Most = 2000;

    private readonly ConcurrentDictionary<Guid, PresenceVisit> _open = new();
    private readonly ConcurrentQueue<Guid> _left = new();

    /// <summary>Pages that are open.</summary>
    public int Count => _open.Count;

    internal WakeSignal Wakes { get; } = new();

    internal IEnumerable<PresenceVisit> Open => _open.Values;

    /// <summary>
    /// A person has opened a lead's page. Whether the lead may be seen is asked each time something is said of the visit; of
    /// one to a lead out of sight nothing is.
    /// </summary>
    /// <returns>
    /// Null for a visit that is not to be shown: an admin who looks through somebody's eyes is neither there as oneself nor
    /// as that person.
    /// </returns>
    public PresenceVisit? Enter(Actor actor, Guid leadId)
    {
        if (actor.ViewerId is not null || actor.IsSystem || _open.Count >= Most)
        {
            return null;
        }

        var visit = new PresenceVisit(this, time, actor, leadId);
        _open[visit.Id] = visit;
        Wakes.Wake();
        return visit;
    }

    /// <summary>When something has to be said though nobody does anything.</summary>
    internal TimeSpan? NextEnd() => _open.Values.Select(visit => visit.TypingEnds).Min();

    internal void Leave(PresenceVisit visit)
    {
        if (_open.TryRemove(visit.Id, out _))
        {
            // While the database is long away nobody hears; whoever is not said goodbye for expires.
            if (_left.Count < Most)
            {
                _left.Enqueue(visit.Id);
            }

            Wakes.Wake();
        }
    }

    /// <summary>Visits that have ended since; they stay until <see cref="Forget"/>.</summary>
    internal IReadOnlyList<Guid> Left() => [.. _left];

    /// <summary>Goodbye was said to the first so many of those that ended.</summary>
    internal void Forget(int count)
    {
        for (; count > 0; count--)
        {
            _left.TryDequeue(out _);
        }
    }
}
