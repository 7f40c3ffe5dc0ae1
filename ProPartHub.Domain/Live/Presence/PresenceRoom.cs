using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Live.Presence;

/// <summary>
/// Who has which lead open, on whichever instance, as far as this process has heard. Nothing is stored: of whom nothing is
/// heard for <see cref="Lifetime"/> nothing is known. One for the process; safe to call from any thread.
/// </summary>
public sealed class PresenceRoom(TimeProvider time) : IDisposable
{
    /// <summary>How long a visit is believed in without a word.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(45);

    /// <summary>Most visits that are kept; further ones are not shown.</summary>
    public const int MostVisits = 5000;

    /// <summary>Most people who are told of one lead.</summary>
    public const int MostPeople = 20;

    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Entry> _visits = [];
    private readonly Dictionary<Guid, List<Entry>> _byLead = [];
    private readonly HashSet<Reader> _readers = [];
    private ITimer? _sweep;

    /// <summary>Visits that are kept.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _visits.Count;
            }
        }
    }

    /// <summary>
    /// Calls back with the leads for which somebody came, went or does something else, of those that the actor may see;
    /// never for a mere sign of life. On the publisher's thread, in the culture of the caller of this method; the listener
    /// must return at once.
    /// </summary>
    /// <returns>Ends it when disposed.</returns>
    public IDisposable Join(Actor actor, Action<IReadOnlySet<Guid>> listener)
    {
        var reader = new Reader(this, actor, listener);
        lock (_gate)
        {
            _readers.Add(reader);
        }

        return reader;
    }

    /// <summary>
    /// Who else has the leads open, those who came first first. Leads that nobody has open, or that the actor may not see,
    /// are missing. Costs no reading.
    /// </summary>
    public IReadOnlyDictionary<Guid, IReadOnlyList<PresenceMark>> Of(Actor actor, IEnumerable<Guid> leadIds)
    {
        var found = new Dictionary<Guid, IReadOnlyList<PresenceMark>>();
        lock (_gate)
        {
            foreach (var leadId in leadIds)
            {
                if (_byLead.TryGetValue(leadId, out var entries) && Marks(actor, entries) is { Count: > 0 } marks)
                {
                    found[leadId] = marks;
                }
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _sweep?.Dispose();
        }
    }

    /// <summary>Takes in what a database notification says; what cannot be read is passed over.</summary>
    internal void Hear(string payload)
    {
        var changes = new List<PresenceNote>();
        lock (_gate)
        {
            var now = time.Steady();
            foreach (var note in PresenceNote.Parse(payload))
            {
                Take(note, now, changes);
            }

            _sweep ??= _visits.Count > 0 ? time.CreateTimer(_ => Expire(), null, Sweep, Sweep) : null;
        }

        Tell(changes);
    }

    private void Take(PresenceNote note, TimeSpan now, List<PresenceNote> changes)
    {
        var known = _visits.GetValueOrDefault(note.VisitId);
        if (note.IsGone)
        {
            if (known is not null)
            {
                Remove(known);
                changes.Add(known.Note);
            }

            return;
        }

        if (known is null)
        {
            if (_visits.Count < MostVisits)
            {
                Add(new Entry(note, now));
                changes.Add(note);
            }
        }
        else
        {
            known.HeardAt = now;
            if (known.Note != note)
            {
                // Whoever saw the lead until it was handed over has to know as well.
                changes.Add(known.Note);
                changes.Add(note);
                known.Note = note with { LeadId = known.Note.LeadId };
            }
        }
    }

    private void Expire()
    {
        List<Entry> silent;
        lock (_gate)
        {
            var now = time.Steady();
            silent = [.. _visits.Values.Where(entry => now - entry.HeardAt >= Lifetime)];
            silent.ForEach(Remove);
            if (_visits.Count == 0)
            {
                _sweep?.Dispose();
                _sweep = null;
            }
        }

        Tell([.. silent.Select(entry => entry.Note)]);
    }

    private void Add(Entry entry)
    {
        _visits.Add(entry.Note.VisitId, entry);
        if (!_byLead.TryGetValue(entry.Note.LeadId, out var entries))
        {
            _byLead.Add(entry.Note.LeadId, entries = []);
        }

        entries.Add(entry);
    }

    private void Remove(Entry entry)
    {
        _visits.Remove(entry.Note.VisitId);
        if (_byLead.TryGetValue(entry.Note.LeadId, out var entries) && entries.Remove(entry) && entries.Count == 0)
        {
            _byLead.Remove(entry.Note.LeadId);
        }
    }

    private void Tell(List<PresenceNote> changes)
    {
        if (changes.Count == 0)
        {
            return;
        }

        List<Reader> readers;
        lock (_gate)
        {
            readers = [.. _readers];
        }

        readers.ForEach(reader => reader.Tell(changes));
    }

    private static List<PresenceMark> Marks(Actor actor, List<Entry> entries) =>
        [
            .. entries
                .Select(entry => entry.Note)
                .Where(note => note.UserId != actor.UserId && actor.CanSee(note.AgentId, note.TeamId))
                .GroupBy(note => note.UserId)
                .Take(MostPeople)
                .Select(windows => windows.MaxBy(note => note.Activity)!)
                .Select(note => new PresenceMark(note.UserId, note.Activity, note.Field)),
        ];

    private sealed class Entry(PresenceNote note, TimeSpan heardAt)
    {
        public PresenceNote Note { get; set; } = note;

        public TimeSpan HeardAt { get; set; } = heardAt;
    }

    private sealed class Reader(PresenceRoom room, Actor actor, Action<IReadOnlySet<Guid>> listener) : IDisposable
    {
        private readonly ExecutionContext _context = ExecutionContext.Capture()!;

        public void Tell(List<PresenceNote> changes)
        {
            var leadIds = changes
                .Where(note => note.UserId != actor.UserId && actor.CanSee(note.AgentId, note.TeamId))
                .Select(note => note.LeadId)
                .ToHashSet();
            if (leadIds.Count > 0)
            {
                ExecutionContext.Run(_context, _ => listener(leadIds), null);
            }
        }

        public void Dispose()
        {
            lock (room._gate)
            {
                room._readers.Remove(this);
            }
        }
    }
}
