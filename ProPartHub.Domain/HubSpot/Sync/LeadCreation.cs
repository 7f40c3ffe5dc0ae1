using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Carries leads that HubSpot does not have yet: contact found or made, then the deal together with its tie to it. A
/// contact that was there before and the lead are brought together first (<see cref="FirstMeeting"/>). Before
/// anything is sent the intention is stored, so that after a crash or a lost answer HubSpot is asked first and nothing is
/// made twice.
/// </summary>
internal sealed class LeadCreation(
    SyncSession session,
    DealFlow deals,
    ContactResolver resolver,
    LostDeals lost,
    PushOutbox outbox
)
{
    private readonly RecordSender _sender = new(session.Client);
    private readonly FirstMeeting _meeting = new(session);

    private LeadMap Map => session.Map;

    private CreationBase Base => new(Map);

    /// <summary>Carries up to a hundred leads.</summary>
    public async Task RunAsync(IReadOnlyList<DueLead> due, CancellationToken cancellationToken)
    {
        var homeless = due.Where(lead => PushObstacle.HasNoStage(Map, lead.Lead)).ToList();
        await outbox.ParkAsync([.. homeless.Select(lead => (lead, ParkedReason.NoStage))], cancellationToken);
        var leads = due.Except(homeless).ToList();
        if (Map.HasLeadIds)
        {
            leads = await WithoutFoundAsync(
                leads,
                await lost.ByLeadIdAsync(leads, HubSpotPriority.Push, cancellationToken),
                cancellationToken
            );
        }

        if (leads.Count == 0)
        {
            return;
        }

        await IntendAsync(leads.Where(lead => lead.Sync?.CreatingSince is null), cancellationToken);
        var refused = new Dictionary<Guid, string>();
        var contacts = await resolver.ResolveAsync(leads, refused, cancellationToken);
        if (!Map.HasLeadIds)
        {
            leads = await WithoutFoundAsync(
                leads,
                await lost.ByContactAsync(
                    leads,
                    contacts.ToDictionary(pair => pair.Key, pair => pair.Value.Contact),
                    HubSpotPriority.Push,
                    cancellationToken
                ),
                cancellationToken
            );
        }

        if (leads.Count == 0)
        {
            return;
        }

        // What an earlier try meant to send is the base of a merge until HubSpot has been asked for it; only now is it past.
        leads = await _meeting.RunAsync(leads, contacts, cancellationToken);
        var sent = await _sender.CreateAsync(
            HubSpotObjectTypes.Deals,
            leads.ConvertAll(lead => Input(lead, contacts.GetValueOrDefault(lead.Id))),
            Map.HasLeadIds ? AccountSchema.LeadIdProperty : null,
            cancellationToken
        );
        await ConfirmAsync(leads, contacts, refused, sent, cancellationToken);
    }

    // Deals that an earlier try made are taken in like any deal; the mark stays and the next round carries what differs.
    private async Task<List<DueLead>> WithoutFoundAsync(
        List<DueLead> leads,
        IReadOnlyDictionary<Guid, HubSpotObject> found,
        CancellationToken cancellationToken
    )
    {
        if (found.Count > 0)
        {
            await lost.AdoptAsync(found, cancellationToken);
            await deals.ReadAgainAsync(found.Values.Select(deal => deal.Id), cancellationToken);
        }

        return [.. leads.Where(lead => !found.ContainsKey(lead.Id))];
    }

    private async Task IntendAsync(IEnumerable<DueLead> some, CancellationToken cancellationToken)
    {
        var leads = some.ToList();
        if (leads.Count == 0)
        {
            return;
        }

        await session.WriteAsync(
            async (db, token) =>
            {
                var ids = leads.ConvertAll(lead => lead.Id);
                var syncs = await db
                    .LeadSyncs.Where(row => ids.Contains(row.LeadId))
                    .ToDictionaryAsync(row => row.LeadId, token);
                foreach (var lead in leads)
                {
                    if (!syncs.TryGetValue(lead.Id, out var sync))
                    {
                        sync = new LeadSync { LeadId = lead.Id };
                        db.LeadSyncs.Add(sync);
                    }

                    sync.CreatingSince ??= session.Now;
                    Base.Intend(sync, lead.Lead);
                }
            },
            cancellationToken
        );
    }

    private HubSpotCreate Input(DueLead lead, ResolvedContact? contact)
    {
        var properties = Map.NewRecord(HubSpotObjectTypes.Deals, lead.Lead);
        if (Map.HasLeadIds)
        {
            properties[AccountSchema.LeadIdProperty] = lead.Id.ToString();
        }

        if (Map.CanWrite(PropertyRef.Deal("dealtype")))
        {
            properties["dealtype"] = "newbusiness";
        }

        return new HubSpotCreate(
            lead.Id.ToString(),
            properties,
            contact is null ? null : [new(contact.Contact.Id, HubSpotAssociationTypes.DealToContact)]
        );
    }

    private Task ConfirmAsync(
        List<DueLead> leads,
        Dictionary<Guid, ResolvedContact> contacts,
        Dictionary<Guid, string> refused,
        Dictionary<string, SentRecord> sent,
        CancellationToken cancellationToken
    ) =>
        session.WriteAsync(
            async (db, token) =>
            {
                foreach (var lead in leads)
                {
                    if (!sent.TryGetValue(lead.Id.ToString(), out var outcome))
                    {
                        // HubSpot said nothing of it: the next round asks before it sends again.
                        continue;
                    }

                    var words = string.Join(
                        ' ',
                        Words(outcome).Concat(refused.TryGetValue(lead.Id, out var of) ? [of] : [])
                    );
                    var isWhole = true;
                    if (outcome.Record is { } deal)
                    {
                        var sync = await db.LeadSyncs.SingleAsync(row => row.LeadId == lead.Id, token);
                        isWhole = Store(sync, lead, deal, contacts.GetValueOrDefault(lead.Id), outcome.Refused);
                        db.Out(session.Now, lead.Id, SyncJournal.DealCreated, deal.Id);
                    }

                    if (words.Length > 0)
                    {
                        await outbox.ParkAsync(db, OutboxKind.Lead, lead.Id, lead.Lead, lead.Revision, words, token);
                    }
                    else if (isWhole)
                    {
                        await outbox.DoneAsync(db, lead.Lead, lead.Revision, token);
                    }
                }
            },
            cancellationToken
        );

    private bool Store(
        LeadSync sync,
        DueLead lead,
        HubSpotObject deal,
        ResolvedContact? contact,
        IReadOnlyDictionary<string, string> refused
    )
    {
        (sync.DealId, sync.ContactId) = (deal.Id, contact?.Contact.Id);
        (sync.CreatingSince, sync.PushedAt) = (null, session.Now);
        var taken = Map.NewRecord(HubSpotObjectTypes.Deals, lead.Lead)
            .Where(sent => !refused.ContainsKey(sent.Key))
            .ToDictionary(sent => sent.Key, sent => deal.Properties.GetValueOrDefault(sent.Key, sent.Value));
        var snapshot = Map.Snapshot(HubSpotObjectTypes.Deals, new HubSpotObject { Properties = taken });
        return Base.Store(sync, lead.Lead, contact, snapshot);
    }

    private static IEnumerable<string> Words(SentRecord outcome) =>
        outcome
            .Refused.Select(refusal => $"{refusal.Key}: {refusal.Value}")
            .Concat(outcome.Failure is null ? [] : [PushOutbox.Words(outcome.Failure)]);
}
