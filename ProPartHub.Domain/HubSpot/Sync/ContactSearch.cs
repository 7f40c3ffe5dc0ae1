using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Looks for existing contacts of clients, in few calls however many leads there are.</summary>
internal sealed class ContactSearch(SyncSession session)
{
    // Two spellings of each stay well under the 3,000 characters of a search.
    private const int PhonesInSearch = 40;

    /// <summary>The contacts found, by lead.</summary>
    public async Task<Dictionary<Guid, HubSpotObject>> FindAsync(
        IReadOnlyList<DueLead> leads,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<Guid, HubSpotObject>();
        IReadOnlyList<DueLead> Missing() => [.. leads.Where(lead => !found.ContainsKey(lead.Id))];

        // Only a lead whose create was sent before can have made a contact already.
        if (session.Map.HasLeadIds)
        {
            await ByAsync(
                AccountSchema.LeadIdProperty,
                leads.Where(lead => lead.Sync?.CreatingSince is not null),
                lead => lead.Id.ToString(),
                found,
                cancellationToken
            );
        }

        await AmongOursAsync(Missing(), found, cancellationToken);
        await ByAsync("email", Missing(), lead => lead.Lead.Email, found, cancellationToken);
        await ByPhoneAsync(Missing(), found, cancellationToken);
        return found;
    }

    private async Task ByAsync(
        string property,
        IEnumerable<DueLead> leads,
        Func<DueLead, string?> valueOf,
        Dictionary<Guid, HubSpotObject> found,
        CancellationToken cancellationToken
    )
    {
        var groups = leads.Where(lead => valueOf(lead) is not null).GroupBy(lead => valueOf(lead)!);
        foreach (var chunk in groups.Chunk(HubSpotClient.BatchSize))
        {
            var contacts = await session.Client.FindManyByAsync(
                HubSpotObjectTypes.Contacts,
                property,
                [.. chunk.Select(group => group.Key)],
                session.Map.ContactProperties,
                HubSpotPriority.Push,
                cancellationToken
            );
            foreach (var group in chunk.Where(group => contacts.ContainsKey(group.Key)))
            {
                foreach (var lead in group)
                {
                    found[lead.Id] = contacts[group.Key];
                }
            }
        }
    }

    // Other leads of the client know its contact; phones compare here in one form, in HubSpot as people typed them.
    private async Task AmongOursAsync(
        IReadOnlyList<DueLead> leads,
        Dictionary<Guid, HubSpotObject> found,
        CancellationToken cancellationToken
    )
    {
        var phones = leads.Select(lead => lead.Lead.Phone).OfType<string>().ToList();
        var mails = leads.Select(lead => lead.Lead.Email).OfType<string>().ToList();
        await using var db = await session.ReadAsync(cancellationToken);
        var known = await (
            from sync in db.LeadSyncs
            join lead in db.Leads on sync.LeadId equals lead.Id
            where sync.ContactId != null && (phones.Contains(lead.Phone!) || mails.Contains(lead.Email!))
            orderby lead.Number
            select new
            {
                ContactId = sync.ContactId!,
                lead.Phone,
                lead.Email,
            }
        ).ToListAsync(cancellationToken);
        var contactIds = new Dictionary<Guid, string>();
        foreach (var lead in leads)
        {
            var match =
                known.Find(row => lead.Lead.Email is not null && row.Email == lead.Lead.Email)
                ?? known.Find(row => lead.Lead.Phone is not null && row.Phone == lead.Lead.Phone);
            if (match is not null)
            {
                contactIds[lead.Id] = match.ContactId;
            }
        }

        foreach (var chunk in contactIds.Values.Distinct().Chunk(HubSpotClient.BatchSize))
        {
            var read = await session.Client.ReadBatchAsync(
                HubSpotObjectTypes.Contacts,
                chunk,
                session.Map.ContactProperties,
                HubSpotPriority.Push,
                cancellationToken: cancellationToken
            );
            foreach (var (leadId, contactId) in contactIds)
            {
                if (read.Found.TryGetValue(contactId, out var contact))
                {
                    found[leadId] = contact;
                }
            }
        }
    }

    private async Task ByPhoneAsync(
        IReadOnlyList<DueLead> leads,
        Dictionary<Guid, HubSpotObject> found,
        CancellationToken cancellationToken
    )
    {
        var withPhone = leads.Where(lead => PhoneNumber.TryNormalise(lead.Lead.Phone, out _));
        foreach (var chunk in withPhone.Chunk(PhonesInSearch))
        {
            var spellings = chunk
                .SelectMany(lead => new[] { lead.Lead.Phone!, PhoneNumber.Display(lead.Lead.Phone!) })
                .Distinct()
                .ToList();
            var page = await session.Client.SearchAsync(
                HubSpotObjectTypes.Contacts,
                new HubSpotSearch
                {
                    FilterGroups = [new(new HubSpotFilter("phone", "IN", null, spellings))],
                    Properties = ["phone"],
                },
                HubSpotPriority.Push,
                cancellationToken
            );
            var byPhone = page
                .Results.Where(contact => PhoneNumber.TryNormalise(contact["phone"], out _))
                .ToLookup(contact => PropertyValue.Normalise(PropertyKind.Phone, contact["phone"])!, found => found.Id);
            var ids = chunk.Select(lead => byPhone[lead.Lead.Phone!].FirstOrDefault()).OfType<string>().Distinct();
            foreach (var few in ids.Chunk(HubSpotClient.BatchSize))
            {
                var read = await session.Client.ReadBatchAsync(
                    HubSpotObjectTypes.Contacts,
                    few,
                    session.Map.ContactProperties,
                    HubSpotPriority.Push,
                    cancellationToken: cancellationToken
                );
                foreach (var lead in chunk)
                {
                    if (
                        byPhone[lead.Lead.Phone!].FirstOrDefault() is { } id
                        && read.Found.TryGetValue(id, out var contact)
                    )
                    {
                        found[lead.Id] = contact;
                    }
                }
            }
        }
    }
}
