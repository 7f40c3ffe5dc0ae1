using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Live.Presence;

/// <summary>One lead page that is open in this process. Dispose it when the page is left. Safe to call from any thread.</summary>
public sealed class PresenceVisit : IDisposable
{
    /// <summary>How long after the last key somebody still counts as typing a comment.</summary>
    public static readonly TimeSpan TypingLasts = TimeSpan.FromSeconds(8);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly PresenceVisits _visits;
    private TimeSpan? _typedUntil;
    private LeadField? _field;
    private bool _isEditing;
    private bool _isAway;
    private PresenceState? _announced;

    internal PresenceVisit(PresenceVisits visits, TimeProvider time, Actor actor, Guid leadId) =>
        (_visits, _time, Actor, LeadId) = (visits, time, actor, leadId);

    /// <summary>The lead.</summary>
    public Guid LeadId { get; }

    /// <summary>Names this visit between instances.</summary>
    internal Guid Id { get; } = Guid.CreateVersion7();

    internal Actor Actor { get; }

    /// <summary>A key was pressed in a comment. Only the first of many is news.</summary>
    public void Type() => Change(() => _typedUntil = _time.Steady() + TypingLasts);

    /// <summary>The comment was sent or given up.</summary>
    public void StopTyping() => Change(() => _typedUntil = null);

    /// <summary>The lead, or one field of it, was opened for editing.</summary>
    public void Edit(LeadField? field) => Change(() => (_isEditing, _field) = (true, field));

    /// <summary>Editing has ended.</summary>
    public void StopEditing() => Change(() => (_isEditing, _field) = (false, null));

    /// <summary>
    /// The browser's connection went or came back. Of a visit that is away nothing more is said, so that it expires where
    /// it is shown, unless the browser is back before.
    /// </summary>
    public void SetAway(bool isAway) => Change(() => _isAway = isAway);

    /// <summary>Says goodbye.</summary>
    public void Dispose() => _visits.Leave(this);

    /// <summary>What has to be said of it now; null for nothing.</summary>
    /// <param name="isBeat">True when it is time to say that it still is there.</param>
    internal PresenceState? Due(bool isBeat)
    {
        lock (_gate)
        {
            return !_isAway && (isBeat || _announced != Now()) ? Now() : null;
        }
    }

    /// <summary>When typing ends by itself, where that is still to be said.</summary>
    internal TimeSpan? TypingEnds
    {
        get
        {
            lock (_gate)
            {
                return _announced?.Activity is PresenceActivity.Commenting && !_isAway ? _typedUntil : null;
            }
        }
    }

    /// <summary>This has been said; null for a goodbye.</summary>
    internal void Announced(PresenceState? state)
    {
        lock (_gate)
        {
            _announced = state;
        }
    }

    /// <summary>True when others may have heard of it.</summary>
    internal bool IsKnown
    {
        get
        {
            lock (_gate)
            {
                return _announced is not null;
            }
        }
    }

    private PresenceState Now() =>
        _typedUntil > _time.Steady() ? new PresenceState(PresenceActivity.Commenting, null)
        : _isEditing ? new PresenceState(PresenceActivity.Editing, _field)
        : new PresenceState(PresenceActivity.Looking, null);

    private void Change(Action change)
    {
        lock (_gate)
        {
            var (state, away) = (Now(), _isAway);
            change();
            if (state == Now() && away == _isAway)
            {
                return;
            }
        }

        _visits.Wakes.Wake();
    }
}

/// <summary>What is said of a visit.</summary>
internal sealed record PresenceState(PresenceActivity Activity, LeadField? Field);
