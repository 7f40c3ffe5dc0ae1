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

    /// <summary>The contacts found, by lead. It only reads.</summary>
    public async Task<Dictionary<Guid, FoundContact>> FindAsync(
        IReadOnlyList<DueLead> leads,
        HubSpotPriority priority,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<Guid, FoundContact>();
        IReadOnlyList<DueLead> Missing() => [.. leads.Where(lead => !found.ContainsKey(lead.Id))];

        // Only a lead whose create was sent before can have made a contact already.
        if (session.Map.HasLeadIds)
        {
            await ByAsync(
                AccountSchema.LeadIdProperty,
                ContactFoundBy.OwnId,
                leads.Where(lead => lead.Sync?.CreatingSince is not null),
                lead => lead.Id.ToString(),
                found,
                priority,
                cancellationToken
            );
        }

        await AmongOursAsync(Missing(), found, priority, cancellationToken);
        await ByAsync(
            "email",
            ContactFoundBy.Mail,
            Missing(),
            lead => lead.Lead.Email,
            found,
            priority,
            cancellationToken
        );
        await ByPhoneAsync(Missing(), found, priority, cancellationToken);
        return found;
    }

    private async Task ByAsync(
        string property,
        ContactFoundBy by,
        IEnumerable<DueLead> leads,
        Func<DueLead, string?> valueOf,
        Dictionary<Guid, FoundContact> found,
        HubSpotPriority priority,
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
                priority,
                cancellationToken
            );
            foreach (var group in chunk.Where(group => contacts.ContainsKey(group.Key)))
            {
                foreach (var lead in group)
                {
                    found[lead.Id] = new(contacts[group.Key], by);
                }
            }
        }
    }

    // Other leads of the client know its contact; phones compare here in one form, in HubSpot as people typed them.
    private async Task AmongOursAsync(
        IReadOnlyList<DueLead> leads,
        Dictionary<Guid, FoundContact> found,
        HubSpotPriority priority,
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
                sync.LeadId,
                ContactId = sync.ContactId!,
                lead.Phone,
                lead.Email,
            }
        ).ToListAsync(cancellationToken);
        var chosen = new Dictionary<Guid, (string ContactId, ContactFoundBy By, int Others)>();
        foreach (var lead in leads)
        {
            var own = known.Find(row => row.LeadId == lead.Id);
            var byMail = known.FindAll(row => lead.Lead.Email is not null && row.Email == lead.Lead.Email);
            var fitting =
                byMail.Count > 0
                    ? byMail
                    : known.FindAll(row => lead.Lead.Phone is not null && row.Phone == lead.Lead.Phone);
            if (own is not null)
            {
                // An earlier try had chosen it.
                chosen[lead.Id] = (own.ContactId, ContactFoundBy.OwnId, 0);
            }
            else if (fitting.Count > 0)
            {
                var others = fitting.Select(row => row.ContactId).Distinct().Count() - 1;
                chosen[lead.Id] = (fitting[0].ContactId, ContactFoundBy.OtherLead, others);
            }
        }

        foreach (
            var chunk in chosen.Values.Select(choice => choice.ContactId).Distinct().Chunk(HubSpotClient.BatchSize)
        )
        {
            var read = await session.Client.ReadBatchAsync(
                HubSpotObjectTypes.Contacts,
                chunk,
                session.Map.ContactProperties,
                priority,
                cancellationToken: cancellationToken
            );
            foreach (var (leadId, choice) in chosen)
            {
                if (read.Found.TryGetValue(choice.ContactId, out var contact))
                {
                    found[leadId] = new(contact, choice.By, choice.Others);
                }
            }
        }
    }

    private async Task ByPhoneAsync(
        IReadOnlyList<DueLead> leads,
        Dictionary<Guid, FoundContact> found,
        HubSpotPriority priority,
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
                priority,
                cancellationToken
            );

            // Search has no order of its own: where a phone is several contacts', the oldest is taken each time.
            var byPhone = page
                .Results.Where(contact => PhoneNumber.TryNormalise(contact["phone"], out _))
                .DistinctBy(contact => contact.Id)
                .OrderBy(contact => contact.Id.Length)
                .ThenBy(contact => contact.Id, StringComparer.Ordinal)
                .ToLookup(contact => PropertyValue.Normalise(PropertyKind.Phone, contact["phone"])!, found => found.Id);
            var ids = chunk.Select(lead => byPhone[lead.Lead.Phone!].FirstOrDefault()).OfType<string>().Distinct();
            foreach (var few in ids.Chunk(HubSpotClient.BatchSize))
            {
                var read = await session.Client.ReadBatchAsync(
                    HubSpotObjectTypes.Contacts,
                    few,
                    session.Map.ContactProperties,
                    priority,
                    cancellationToken: cancellationToken
                );
                foreach (var lead in chunk)
                {
                    var fitting = byPhone[lead.Lead.Phone!].ToList();
                    if (fitting.Count > 0 && read.Found.TryGetValue(fitting[0], out var contact))
                    {
                        found[lead.Id] = new(contact, ContactFoundBy.Phone, fitting.Count - 1);
                    }
                }
            }
        }
    }
}
