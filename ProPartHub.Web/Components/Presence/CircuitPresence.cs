using Microsoft.AspNetCore.Components.Server.Circuits;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live.Presence;
using ProPartHub.Domain.People;

namespace ProPartHub.Web.Components.Presence;

/// <summary>
/// The lead pages that one browser window has open, and what its person does there. For one circuit; what ends with the
/// circuit says goodbye, what only loses its connection is no longer told of until it is back.
/// </summary>
internal sealed class CircuitPresence(PresenceVisits visits) : CircuitHandler, IDisposable
{
    /// <summary>Most pages of one circuit that are told of; the oldest gives way.</summary>
    public const int Most = 3;

    private readonly Lock _gate = new();
    private readonly List<PresenceVisit> _open = [];

    /// <summary>The person has opened a lead's page.</summary>
    /// <returns>Ends it when disposed; null for whoever is not shown.</returns>
    public IDisposable? Enter(Actor actor, Guid leadId)
    {
        if (visits.Enter(actor, leadId) is not { } visit)
        {
            return null;
        }

        lock (_gate)
        {
            _open.Add(visit);
            if (_open.Count > Most)
            {
                _open[0].Dispose();
                _open.RemoveAt(0);
            }
        }

        return new Entered(this, visit);
    }

    /// <summary>A comment is being typed, or no longer.</summary>
    public void Comment(Guid leadId, bool isTyping) =>
        On(
            leadId,
            visit =>
            {
                if (isTyping)
                {
                    visit.Type();
                }
                else
                {
                    visit.StopTyping();
                }
            }
        );

    /// <summary>A field was opened for editing, or with null the whole form.</summary>
    public void Edit(Guid leadId, LeadField? field) => On(leadId, visit => visit.Edit(field));

    /// <summary>Editing has ended.</summary>
    public void StopEditing(Guid leadId) => On(leadId, visit => visit.StopEditing());

    /// <inheritdoc/>
    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken) => SetAway(true);

    /// <inheritdoc/>
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) => SetAway(false);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _open.ForEach(visit => visit.Dispose());
            _open.Clear();
        }
    }

    private Task SetAway(bool isAway)
    {
        lock (_gate)
        {
            _open.ForEach(visit => visit.SetAway(isAway));
        }

        return Task.CompletedTask;
    }

    private void On(Guid leadId, Action<PresenceVisit> act)
    {
        lock (_gate)
        {
            _open.FindAll(visit => visit.LeadId == leadId).ForEach(act);
        }
    }

    private sealed class Entered(CircuitPresence circuit, PresenceVisit visit) : IDisposable
    {
        public void Dispose()
        {
            lock (circuit._gate)
            {
                circuit._open.Remove(visit);
            }

            visit.Dispose();
        }
    }
}
