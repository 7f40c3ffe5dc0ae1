using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>Leads of the hub that a batch meets: those brought before, those that HubSpot brought, and who shares a phone.</summary>
internal sealed class LegacyLeadsHere
{
    private readonly LegacyBatch _batch;
    private readonly Dictionary<Guid, Lead> _leads;
    private readonly HashSet<string> _phones;

    private LegacyLeadsHere(LegacyBatch batch, Dictionary<Guid, Lead> leads, HashSet<string> phones) =>
        (_batch, _leads, _phones) = (batch, leads, phones);

    /// <summary>Reads them.</summary>
    public static async Task<LegacyLeadsHere> LoadAsync(
        LegacyBatch batch,
        LegacyDeals deals,
        CancellationToken cancellationToken
    )
    {
        var ids = batch.Rows.Select(row => batch.Known(row)?.NewId).OfType<Guid>().Concat(deals.Leads).ToList();
        var leads = await batch
            .Db.Leads.Where(lead => ids.Contains(lead.Id))
            .ToDictionaryAsync(lead => lead.Id, cancellationToken);
        var phones = batch
            .Rows.Select(row => LeadFields.Normalise(LeadField.Phone, row.Line("phone")))
            .OfType<string>()
            .ToList();
        var taken = await batch
            .Db.Leads.Where(lead =>
                phones.Contains(lead.Phone!) && lead.ArchivedAt == null && lead.Status < LeadStatus.Won
            )
            .Select(lead => lead.Phone!)
            .ToListAsync(cancellationToken);
        return new(batch, leads, [.. taken, .. batch.Run.OpenPhones]);
    }

    /// <summary>Marks a new lead whose phone an open lead has already.</summary>
    public void MarkShared(LegacyRow row, Lead lead)
    {
        if (lead is not { IsOpen: true, Phone: { } phone })
        {
            return;
        }

        if (!_phones.Add(phone))
        {
            lead.Attention |= Attention.SharedPhone;
            _batch.Note(row, LegacyRule.PhoneShared, "another open lead has the phone; both kept");
        }

        _batch.WhenDone(() => _batch.Run.OpenPhones.Add(phone));
    }

    /// <summary>Ties a row to the lead that HubSpot has brought of the same deal: its blanks are filled, its values stay.</summary>
    public void Adopt(LegacyLead incoming, LeadSync sync, LegacyDeals deals)
    {
        var (row, lead) = (incoming.Row, _leads[sync.LeadId]);
        deals.TieTo(row, sync);
        _batch.Note(row, LegacyRule.LeadHere, "tied to the lead that HubSpot brought of the same deal");
        if (lead.ErasedAt is null && lead.MergedIntoId is null)
        {
            Fill(incoming, lead);
        }

        _batch.Bring(row, lead.Id, incoming.Fields());
    }

    /// <summary>Brings what is new of a lead brought before.</summary>
    public void Compare(LegacyLead incoming, LegacyId known)
    {
        var row = incoming.Row;
        if (
            !_leads.TryGetValue(known.NewId, out var lead)
            || lead.ErasedAt is not null
            || lead.MergedIntoId is not null
        )
        {
            _batch.Note(row, LegacyRule.GoneHere, "erased, merged or deleted here; nothing brought");
            _batch.Compare(row, known, isChanged: false);
            return;
        }

        var merge = new LegacyMerge(_batch, row, known);
        var edits = LeadFields
            .Typed.Select(field => (Field: field, There: LeadFields.Read(incoming.Values, field)))
            .Where(edit => merge.Takes(edit.Field.ToString(), edit.There, LeadFields.Read(lead, edit.Field)))
            .Select(edit => KeyValuePair.Create(edit.Field, edit.There))
            .ToList();
        var recorder = LegacyRun.Recorder(_batch.Run.Now);
        recorder.Edit(_batch.Db, lead, edits);
        if (edits.Exists(edit => edit.Key is LeadField.Phone))
        {
            Mark(lead, incoming, Attention.NoPhone | Attention.UnreadablePhone | Attention.SharedPhone);
        }

        if (merge.Takes(nameof(LeadField.Stage), incoming.Stage.Id.ToString(), lead.StageId.ToString()))
        {
            Mark(lead, incoming, Attention.UnknownStage);
            recorder.Move(_batch.Db, lead, incoming.Stage);
        }

        if (merge.Takes(nameof(LeadField.Agent), incoming.Agent?.Id.ToString(), lead.AgentId?.ToString()))
        {
            Mark(lead, incoming, Attention.UnknownAgent);
            recorder.Transfer(_batch.Db, lead, UserOf(incoming.Agent));
        }

        merge.Finish();
    }

    private static void Mark(Lead lead, LegacyLead incoming, Attention about) =>
        lead.Attention = (lead.Attention & ~about) | (incoming.Attention & about);

    // Made in this very run perhaps, and in a dry one stored nowhere: whose the lead is, is all that counts.
    private static HubUser? UserOf(LegacyPerson? person) =>
        person is null
            ? null
            : new HubUser
            {
                Id = person.Id,
                DisplayName = person.Name,
                TeamId = person.TeamId,
            };

    private void Fill(LegacyLead incoming, Lead lead)
    {
        var recorder = LegacyRun.Recorder(_batch.Run.Now);
        var differing = new List<string>();
        var blanks = new List<KeyValuePair<LeadField, string?>>();
        var hasBudget = lead.BudgetFrom is not null || lead.BudgetTo is not null;
        foreach (var field in LeadFields.Typed.Where(field => field is not LeadField.Currency))
        {
            var (there, here) = (LeadFields.Read(incoming.Values, field), LeadFields.Read(lead, field));
            // Half a budget of each side would be nobody's.
            var isBlank = here is null && !(hasBudget && field is LeadField.BudgetFrom or LeadField.BudgetTo);
            if (there is not null && isBlank)
            {
                blanks.Add(KeyValuePair.Create(field, (string?)there));
            }
            else if (there is not null && there != here)
            {
                differing.Add(field.ToString());
            }
        }

        recorder.Edit(_batch.Db, lead, blanks);
        if (lead.AgentId is null && incoming.Agent is { Role: not Role.Admin } agent)
        {
            recorder.Transfer(_batch.Db, lead, UserOf(agent));
        }

        if (differing.Count > 0)
        {
            _batch.Note(
                incoming.Row,
                LegacyRule.ChangedOnBothSides,
                $"{string.Join(", ", differing)}: the values here stay"
            );
        }
    }
}
