using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>The contact for a lead.</summary>
/// <param name="Contact">As HubSpot has it.</param>
/// <param name="Origin">Where it comes from.</param>
internal sealed record ResolvedContact(HubSpotObject Contact, ContactOrigin Origin);

/// <summary>Where the contact of a lead comes from.</summary>
internal enum ContactOrigin
{
    /// <summary>It was there before the lead, or another lead's; the two have yet to meet.</summary>
    Found,

    /// <summary>It has just been made of the lead's values.</summary>
    Made,

    /// <summary>An earlier try made it of the values that the lead had then, or let the two meet.</summary>
    Known,
}

/// <summary>
/// Finds the contact of a lead's client, or makes one: by our own id (a create whose answer was lost), among the contacts
/// that other leads of the same client stand on, by mail, by phone.
/// </summary>
internal sealed class ContactResolver(SyncSession session, ContactSearch search)
{
    private readonly RecordSender _sender = new(session.Client);

    private LeadMap Map => session.Map;

    /// <summary>Gives every lead that has a phone or mail its contact; refused ones are missing from the answer.</summary>
    /// <param name="due">The leads.</param>
    /// <param name="refused">Receives HubSpot's words for leads whose contact it did not take.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Dictionary<Guid, ResolvedContact>> ResolveAsync(
        IReadOnlyList<DueLead> due,
        Dictionary<Guid, string> refused,
        CancellationToken cancellationToken
    )
    {
        var leads = due.Where(lead => lead.Lead.Phone is not null || lead.Lead.Email is not null).ToList();
        var resolved = new Dictionary<Guid, ResolvedContact>();
        foreach (var (leadId, found) in await search.FindAsync(leads, HubSpotPriority.Push, cancellationToken))
        {
            var isOurs =
                found.Contact[AccountSchema.LeadIdProperty] == leadId.ToString() || found.By is ContactFoundBy.OwnId;
            resolved[leadId] = new(found.Contact, isOurs ? ContactOrigin.Known : ContactOrigin.Found);
        }

        // One client twice in a batch is one contact, made for the first.
        var missing = SameClient
            .Makers(leads.Where(lead => !resolved.ContainsKey(lead.Id)))
            .GroupBy(pair => pair.Maker, pair => pair.Lead)
            .ToList();
        var inputs = missing.ConvertAll(group => Input(group.Key));
        if (inputs.Count == 0)
        {
            return resolved;
        }

        var unique = Map.HasLeadIds ? AccountSchema.LeadIdProperty : null;
        var sent = await _sender.CreateAsync(HubSpotObjectTypes.Contacts, inputs, unique, cancellationToken);
        foreach (var group in missing)
        {
            var maker = group.Key;
            var (contact, isNew, words) = await OutcomeAsync(sent.GetValueOrDefault(Mark(maker)), cancellationToken);
            foreach (var lead in group)
            {
                if (contact is not null)
                {
                    resolved[lead.Id] = new(contact, isNew && lead == maker ? ContactOrigin.Made : ContactOrigin.Found);
                }

                if (words is not null)
                {
                    refused[lead.Id] = words;
                }
            }
        }

        return resolved;
    }

    /// <summary>Finds or makes contacts for deals that have none, and ties them.</summary>
    public async Task TieAsync(IReadOnlyList<DueLead> due, CancellationToken cancellationToken)
    {
        var untied = due.Where(lead => lead.Sync is { ContactId: null, DealId: not null }).ToList();
        if (untied.Count == 0)
        {
            return;
        }

        var resolved = await ResolveAsync(untied, [], cancellationToken);
        if (resolved.Count == 0)
        {
            return;
        }

        var tied = untied.Where(lead => resolved.ContainsKey(lead.Id)).ToList();
        await session.Client.AssociateAsync(
            HubSpotObjectTypes.Deals,
            HubSpotObjectTypes.Contacts,
            [.. tied.Select(lead => new HubSpotAssociationPair(lead.Sync!.DealId!, resolved[lead.Id].Contact.Id))],
            HubSpotPriority.Push,
            cancellationToken
        );
        await session.WriteAsync(
            async (db, token) =>
            {
                foreach (var lead in tied)
                {
                    var sync = await db.LeadSyncs.SingleAsync(row => row.LeadId == lead.Id, token);
                    var contact = resolved[lead.Id].Contact;
                    sync.ContactId = lead.Sync!.ContactId = contact.Id;
                    sync.ContactSnapshot = Map.Snapshot(HubSpotObjectTypes.Contacts, contact);
                }
            },
            cancellationToken
        );
    }

    private async Task<(HubSpotObject? Contact, bool IsNew, string? Words)> OutcomeAsync(
        SentRecord? sent,
        CancellationToken cancellationToken
    )
    {
        // The mail may be a secondary one of somebody: that contact is the client's.
        if (sent?.Failure is HubSpotConflictException { ExistingId: { } existing })
        {
            var found = await session.Client.ReadBatchAsync(
                HubSpotObjectTypes.Contacts,
                [existing],
                Map.ContactProperties,
                HubSpotPriority.Push,
                cancellationToken: cancellationToken
            );
            return (found.Found.GetValueOrDefault(existing), IsNew: false, Words: null);
        }

        var words = sent is null
            ? null
            : string.Join(
                ' ',
                sent.Refused.Select(refusal => $"{refusal.Key}: {refusal.Value}")
                    .Concat(sent.Failure is null ? [] : [PushOutbox.Words(sent.Failure)])
            );
        return (sent?.Record, IsNew: true, words is { Length: > 0 } ? words : null);
    }

    private HubSpotCreate Input(DueLead due)
    {
        var properties = Map.NewRecord(HubSpotObjectTypes.Contacts, due.Lead);
        if (Map.HasLeadIds)
        {
            properties[AccountSchema.LeadIdProperty] = due.Id.ToString();
        }

        return new HubSpotCreate(Mark(due), properties);
    }

    private static string Mark(DueLead due) => due.Id.ToString();
}
