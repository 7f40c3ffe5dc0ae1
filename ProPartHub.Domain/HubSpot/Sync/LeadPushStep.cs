using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Outbox;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Carries leads to HubSpot: those it has not yet are created, the others updated.</summary>
internal sealed class LeadPushStep(SyncSession session, PushOutbox outbox, LeadCreation creation, LeadUpdate update)
{
    /// <summary>Carries the due leads, a batch of each kind at most.</summary>
    /// <returns>True when there were any.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var due = await outbox.DueLeadsAsync(HubSpotClient.BatchSize, cancellationToken);
        if (due.Count == 0)
        {
            return false;
        }

        var demo = due.Where(lead => PushObstacle.IsDemoLeak(session, lead.Lead)).ToList();
        await outbox.ParkAsync([.. demo.Select(lead => (lead, ParkedReason.DemoLead))], cancellationToken);
        var real = due.Except(demo).ToLookup(lead => lead.Sync?.DealId is not null);
        await CarryAsync([.. real[true]], update.RunAsync, cancellationToken);
        if (session.IsOn(SyncParts.WholeLead))
        {
            await CarryAsync([.. real[false]], creation.RunAsync, cancellationToken);
        }
        else
        {
            await outbox.HoldAsync(
                OutboxKind.Lead,
                [.. real[false].Select(lead => (lead.Id, lead.Revision))],
                cancellationToken
            );
        }

        return true;
    }

    private async Task CarryAsync(
        List<DueLead> leads,
        Func<IReadOnlyList<DueLead>, CancellationToken, Task> carry,
        CancellationToken cancellationToken
    )
    {
        if (leads.Count == 0)
        {
            return;
        }

        try
        {
            await carry(leads, cancellationToken);
        }
        catch (HubSpotException failure) when (failure is not HubSpotUnauthorizedException)
        {
            await outbox.DeferAsync(
                OutboxKind.Lead,
                [.. leads.Select(lead => (lead.Id, lead.Attempts))],
                failure,
                cancellationToken
            );
        }
        finally
        {
            // Deals that were just made need no note: a page that holds one already says what it was made of.
            var known = leads.Select(lead => lead.Sync).OfType<LeadSync>().ToList();
            session.Exchanged.Note(HubSpotObjectTypes.Deals, known.Select(sync => sync.DealId).OfType<string>());
            session.Exchanged.Note(HubSpotObjectTypes.Contacts, known.Select(sync => sync.ContactId).OfType<string>());
        }
    }
}
