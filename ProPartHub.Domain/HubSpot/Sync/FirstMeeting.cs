using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// A lead without a deal and a contact that was there before it meet without anything agreed on: blanks are filled on both
/// sides, HubSpot's value wins where both have one, and ours is kept as a conflict's loser. It happens before the deal is
/// made, so that the deal is made of what stands afterwards.
/// </summary>
internal sealed class FirstMeeting(SyncSession session)
{
    /// <summary>
    /// What comes of the meeting; pure. Its <see cref="LeadMerge.Incoming"/> is what the lead takes; of its
    /// <see cref="LeadMerge.Outgoing"/> only blanks of the contact count, as the deal is yet to be made.
    /// </summary>
    public static LeadMerge Of(LeadMap map, Lead lead, HubSpotObject contact, SyncPart off) =>
        new(map, lead, new LeadSync(), Theirs(map, lead, contact), off);

    /// <summary>Lets leads meet the contacts found for them, and stores what each has in common with contact and deal-to-be.</summary>
    /// <param name="leads">The leads.</param>
    /// <param name="contacts">Their contacts.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The leads as they are now.</returns>
    public Task<List<DueLead>> RunAsync(
        IReadOnlyList<DueLead> leads,
        IReadOnlyDictionary<Guid, ResolvedContact> contacts,
        CancellationToken cancellationToken
    ) =>
        session.WriteAsync(
            async (db, token) =>
            {
                var ids = leads.Select(lead => lead.Id).ToList();
                var syncs = await db
                    .LeadSyncs.Where(row => ids.Contains(row.LeadId))
                    .ToDictionaryAsync(row => row.LeadId, token);
                var meeting = leads
                    .Where(lead => contacts.GetValueOrDefault(lead.Id)?.Origin is ContactOrigin.Found)
                    .Select(lead => lead.Id)
                    .ToList();
                var fresh = await db
                    .Leads.Where(lead => meeting.Contains(lead.Id))
                    .ToDictionaryAsync(lead => lead.Id, token);
                var writer = new LeadWriter(session, db, await StagesAndPeople.LoadAsync(db, token));
                var common = new CreationBase(session.Map);
                var met = new List<DueLead>();
                foreach (var due in leads)
                {
                    var lead = fresh.GetValueOrDefault(due.Id, due.Lead);
                    var (sync, contact) = (syncs[due.Id], contacts.GetValueOrDefault(due.Id));
                    if (contact?.Origin is ContactOrigin.Found)
                    {
                        await MeetAsync(writer, lead, sync, contact.Contact, token);
                    }

                    common.Store(sync, lead, contact, common.MeantDeal(lead));
                    met.Add(due with { Lead = lead });
                }

                return met;
            },
            cancellationToken
        );

    private async Task MeetAsync(
        LeadWriter writer,
        Lead lead,
        LeadSync sync,
        HubSpotObject contact,
        CancellationToken cancellationToken
    )
    {
        var theirs = Theirs(session.Map, lead, contact);
        (sync.Agreed, sync.ContactSnapshot, sync.DealSnapshot) = ([], [], []);

        // The contact may be years older than the lead: in the lead's history the meeting happens now.
        await writer.MergeAsync(lead, sync, theirs, contact with { UpdatedAt = session.Now }, cancellationToken);

        // Chosen for good: should the deal not be made now, a later try finds the lead and its contact acquainted.
        sync.ContactId = contact.Id;
    }

    // A contact may hold several phones. One that is ours is the answer, whichever the hub trusts most: it is given the
    // deal's place, which comes first.
    private static RecordPair Theirs(LeadMap map, Lead lead, HubSpotObject contact)
    {
        var values = map.Snapshot(HubSpotObjectTypes.Contacts, contact);
        var deal = new Dictionary<string, string?>();
        foreach (var field in map.Fields.OfType<PlainField>())
        {
            var ours = field.Ours(lead);
            var isThere = field.Properties.Any(property =>
                property.Type == HubSpotObjectTypes.Contacts
                && values.GetValueOrDefault(property.Name) is { } value
                && value == map.Normalise(property, ours)
            );
            foreach (var property in field.Properties.Where(property => isThere && IsOfDeal(property)))
            {
                deal[property.Name] = map.Normalise(property, ours);
            }
        }

        return new RecordPair(values, deal);
    }

    private static bool IsOfDeal(PropertyRef property) => property.Type == HubSpotObjectTypes.Deals;
}
