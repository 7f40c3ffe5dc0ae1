using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Makes leads of deals that are new to the hub, inside one transaction.</summary>
internal sealed class LeadFromDeal(SyncSession session, HubDbContext db, StagesAndPeople present)
{
    /// <summary>Which of these phones an open lead has already, or two of the new ones share.</summary>
    public async Task<IReadOnlySet<string>> SharedPhonesAsync(
        IEnumerable<string?> phones,
        CancellationToken cancellationToken
    )
    {
        var all = phones.OfType<string>().ToList();
        var twice = all.GroupBy(phone => phone).Where(group => group.Count() > 1).Select(group => group.Key);
        var taken = await db
            .Leads.Where(lead => all.Contains(lead.Phone!) && lead.ArchivedAt == null && lead.Status < LeadStatus.Won)
            .Select(lead => lead.Phone!)
            .ToListAsync(cancellationToken);
        return taken.Concat(twice).ToHashSet();
    }

    /// <summary>Makes a lead of a deal.</summary>
    public void Create(DealRead read, RecordPair theirs, ChangeOrigin origin, IReadOnlySet<string> sharedPhones)
    {
        var now = session.Now;
        var createdAt = Earlier(HubSpotTime.Parse(read.Deal["createdate"]) ?? read.Deal.CreatedAt, now);
        var changedAt = Earlier(read.Deal.UpdatedAt, now);
        var lead = new Lead
        {
            Id = Guid.CreateVersion7(createdAt),
            ClientName = $"HubSpot {read.Deal.Id}",
            StageId = session.Map.Stages.First.Id,
            StageChangedAt = changedAt,
            CreatedAt = createdAt,
            UpdatedAt = changedAt > createdAt ? changedAt : createdAt,
        };
        foreach (var field in session.Map.Fields)
        {
            var value = field.Theirs(theirs, field.Properties.ToHashSet(), field.Ours(lead));
            foreach (var (name, text) in field.Edits(value))
            {
                LeadFields.Write(lead, name, text);
            }

            if (field == session.Map.Stage)
            {
                lead.StageId = Guid.Parse(value!);
            }
            else if (field == session.Map.Agent && present.Person(value) is { } agent)
            {
                (lead.AgentId, lead.TeamId) = (agent.Id, agent.TeamId);
            }
        }

        lead.Status = present.Stages[lead.StageId].Status;
        lead.Attention = LeadAttention.Of(session.Map, lead, theirs);
        if (lead is { IsOpen: true, Phone: { } phone } && sharedPhones.Contains(phone))
        {
            lead.Attention |= Attention.SharedPhone;
        }

        session.Recorder(createdAt, origin).Create(db, lead);
        db.LeadSyncs.Add(
            new LeadSync
            {
                LeadId = lead.Id,
                DealId = read.Deal.Id,
                ContactId = read.ContactId,
                ContactSnapshot = new(theirs.Contact),
                DealSnapshot = new(theirs.Deal),
                Agreed = session.Map.Fields.ToDictionary(field => field.Name, field => field.Ours(lead)),
                PulledAt = now,
            }
        );
        if (origin is ChangeOrigin.HubSpot)
        {
            db.In(now, lead.Id, SyncJournal.LeadImported, read.Deal.Id);
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset? time, DateTimeOffset now) => time < now ? time.Value : now;
}
