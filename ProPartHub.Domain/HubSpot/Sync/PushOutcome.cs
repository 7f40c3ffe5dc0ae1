using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>What HubSpot's answers to a push mean for what both sides agree on.</summary>
internal sealed class PushOutcome(LeadMap map, LeadPush push)
{
    /// <summary>What became of the contact; null when nothing was sent of it.</summary>
    public SentRecord? Contact { get; init; }

    /// <summary>What became of the deal.</summary>
    public SentRecord? Deal { get; init; }

    /// <summary>Fields that HubSpot took whole.</summary>
    public List<string> Told { get; } = [];

    /// <summary>True when every field was taken; otherwise the mark stays.</summary>
    public bool IsComplete => Told.Count == push.Fields.Count;

    /// <summary>HubSpot's words about what it refused, each with the property's name; null when it refused nothing.</summary>
    public string? Words
    {
        get
        {
            var words = new[] { Contact, Deal }
                .OfType<SentRecord>()
                .SelectMany(sent =>
                    sent.Refused.Select(refusal => $"{refusal.Key}: {refusal.Value}")
                        .Concat(
                            // A record that vanished is read again in the next round, not parked.
                            sent.Failure
                                is null
                                    or HubSpotNotFoundException
                                ? []
                                : [PushOutbox.Words(sent.Failure)]
                        )
                )
                .ToList();
            return words.Count == 0 ? null : string.Join(' ', words);
        }
    }

    /// <summary>
    /// Notes what HubSpot took: the snapshot becomes the answer's values, which is how our own write, coming back by webhook
    /// or poll, is no change.
    /// </summary>
    public void Store(LeadSync sync, DateTimeOffset now)
    {
        var contact = new Dictionary<string, string?>(sync.ContactSnapshot);
        var deal = new Dictionary<string, string?>(sync.DealSnapshot);
        var agreed = new Dictionary<string, string?>(sync.Agreed);
        foreach (var field in push.Fields)
        {
            var isWhole = true;
            foreach (var (property, value) in field.Changes)
            {
                var sent = property.Type == HubSpotObjectTypes.Contacts ? Contact : Deal;
                if (sent?.Record is not { } record || sent.Refused.ContainsKey(property.Name))
                {
                    // A field without a contact to hold it is told as far as the deal goes.
                    isWhole &= property.Type == HubSpotObjectTypes.Contacts && push.ContactId is null;
                    continue;
                }

                var snapshot = property.Type == HubSpotObjectTypes.Contacts ? contact : deal;
                snapshot[property.Name] = map.Normalise(
                    property,
                    record.Properties.TryGetValue(property.Name, out var answered) ? answered : value
                );
            }

            if (isWhole)
            {
                agreed[field.Field] = field.Value;
                Told.Add(field.Field);
            }
        }

        if (push.Fields.Count > 0)
        {
            (sync.ContactSnapshot, sync.DealSnapshot, sync.Agreed) = (contact, deal, agreed);
            sync.PushedAt = now;
        }
    }
}
