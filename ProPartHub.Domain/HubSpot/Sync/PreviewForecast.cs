using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Says what the creation of a lead's deal would do, by the rules of the creation itself: <see cref="PushObstacle"/>,
/// <see cref="SameClient"/> and <see cref="FirstMeeting"/>. Pure.
/// </summary>
internal sealed class PreviewForecast(LeadMap map, SyncPart off)
{
    /// <summary>For a lead that would be set aside.</summary>
    public static LeadPreview SetAside(Guid leadId, string reason) =>
        new()
        {
            LeadId = leadId,
            Outcome = PreviewOutcome.SetAside,
            Reason = reason,
        };

    /// <summary>For a lead whose deal an earlier try made.</summary>
    public static LeadPreview Recognised(Guid leadId) =>
        new() { LeadId = leadId, Outcome = PreviewOutcome.DealRecognised };

    /// <summary>For a lead whose contact was found.</summary>
    public LeadPreview Tied(Lead lead, FoundContact found)
    {
        var preview = Meeting(lead, found.Contact, PreviewOutcome.TiedToContact);
        (preview.ContactId, preview.ContactName) = (found.Contact.Id, NameOf(found.Contact));
        (preview.FoundBy, preview.OtherContacts) = (found.By, found.Others);
        return preview;
    }

    /// <summary>For a lead whose contact was not found.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="maker">The lead whose values its contact would be made of; often the lead itself.</param>
    public LeadPreview Made(Lead lead, Lead maker)
    {
        if (lead.Id == maker.Id)
        {
            var outcome =
                lead.Phone is null && lead.Email is null ? PreviewOutcome.WithoutContact : PreviewOutcome.ContactMade;
            return new() { LeadId = lead.Id, Outcome = outcome };
        }

        var made = new HubSpotObject { Properties = map.NewRecord(HubSpotObjectTypes.Contacts, maker) };
        var preview = Meeting(lead, made, PreviewOutcome.ContactShared);
        (preview.MakerId, preview.ContactName) = (maker.Id, maker.ClientName);
        return preview;
    }

    private LeadPreview Meeting(Lead lead, HubSpotObject contact, PreviewOutcome outcome)
    {
        var merge = FirstMeeting.Of(map, lead, contact, off);
        var lost = merge.Conflicts.Where(conflict => conflict.TheirsWon).ToDictionary(conflict => conflict.Field);
        var taken = merge.Incoming.Select(value =>
            lost.TryGetValue(value.Key, out var conflict)
                ? new PreviewField(value.Key, PreviewFate.OverwrittenHere, conflict.Ours, conflict.Theirs)
                : new PreviewField(value.Key, PreviewFate.FilledHere, null, value.Value)
        );
        var given = merge
            .Outgoing.Where(pending => !merge.Incoming.ContainsKey(pending.Field) && FillsContact(pending))
            .Select(pending => new PreviewField(pending.Field, PreviewFate.FilledThere, pending.Value, null));
        List<PreviewField> fields = [.. taken.Concat(given).OrderByDescending(field => field.Fate)];
        return new()
        {
            LeadId = lead.Id,
            Outcome = outcome,
            Fields = fields,
            FilledThere = fields.Count(field => field.Fate is PreviewFate.FilledThere),
            FilledHere = fields.Count(field => field.Fate is PreviewFate.FilledHere),
            Overwritten = fields.Count(field => field.Fate is PreviewFate.OverwrittenHere),
        };
    }

    // While nothing comes in, a field that stands in the deal too waits: told half, it would look like HubSpot's change.
    private bool FillsContact(PendingField pending) =>
        pending.Changes.Any(change => change.Key.Type == HubSpotObjectTypes.Contacts && change.Value is not null)
        && (!off.HasFlag(SyncPart.Inbound) || pending.Changes.Keys.All(key => key.Type == HubSpotObjectTypes.Contacts));

    private static string? NameOf(HubSpotObject contact)
    {
        var name = $"{contact[ClientNameField.FirstName.Name]} {contact[ClientNameField.LastName.Name]}".Trim();
        return name.Length > 0 ? name : contact["email"] ?? contact["phone"];
    }
}
