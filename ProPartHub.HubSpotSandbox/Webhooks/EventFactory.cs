using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Objects;

namespace ProPartHub.HubSpotSandbox.Webhooks;

/// <summary>Turns a change of the account into the events its subscriptions are owed.</summary>
internal sealed class EventFactory(SandboxOptions options, SubscriptionBook subscriptions)
{
    private readonly Random _random = new(options.Seed.Random);

    public IEnumerable<WebhookEvent> Events(AccountChange change) =>
        change switch
        {
            RecordCreated created => About(created.Record, "creation", change, flag: "CREATED"),
            RecordDeleted deleted => About(deleted.Record, "deletion", change, flag: "DELETED"),
            RecordRestored restored => About(restored.Record, "restore", change),
            PropertyChanged set => About(set.Record, "propertyChange", change, property: set.Property)
                .Select(one => one with { PropertyName = set.Property, PropertyValue = set.Value }),
            // Only contacts have a privacy deletion; others are simply deleted.
            RecordErased { Record.Type: var type } erased => type == ObjectType.Contacts
                ? About(erased.Record, "privacyDeletion", change)
                : [],
            RecordsMerged merged => Merge(merged),
            AssociationChanged association => Association(association),
            AccountTouched => [],
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, "Unknown kind of change"),
        };

    private IEnumerable<WebhookEvent> Merge(RecordsMerged merged) =>
        About(merged.Survivor, "merge", merged)
            .Select(one =>
                one with
                {
                    ObjectId = merged.PrimaryId,
                    PrimaryObjectId = merged.PrimaryId,
                    MergedObjectIds = [merged.MergedId],
                    NewObjectId = merged.Survivor.Id,
                    NumberOfPropertiesMoved = merged.PropertiesMoved,
                }
            );

    private IEnumerable<WebhookEvent> Association(AssociationChanged change)
    {
        var (from, to) = (change.From.Type.Singular.ToUpperInvariant(), change.To.Type.Singular.ToUpperInvariant());
        return About(change.From, "associationChange", change)
            .Select(one =>
                one with
                {
                    ObjectId = null,
                    AssociationType = $"{from}_TO_{to}",
                    FromObjectId = change.From.Id,
                    ToObjectId = change.To.Id,
                    AssociationRemoved = change.Removed,
                    IsPrimaryAssociation = change.Primary,
                }
            );
    }

    private IEnumerable<WebhookEvent> About(
        CrmRecord record,
        string what,
        AccountChange change,
        string? flag = null,
        string? property = null
    )
    {
        foreach (var (id, subscriptionType) in subscriptions.For(record.Type, what, property))
        {
            var isGeneric = SubscriptionBook.IsGeneric(subscriptionType);
            yield return new WebhookEvent
            {
                EventId = _random.Next(1, int.MaxValue),
                SubscriptionId = id,
                PortalId = options.PortalId,
                AppId = options.AppId,
                OccurredAt = change.At.ToUnixTimeMilliseconds(),
                SubscriptionType = subscriptionType,
                ObjectId = record.Id,
                ObjectTypeId = isGeneric ? record.Type.TypeId : null,
                IsSensitive = isGeneric ? false : null,
                ChangeFlag = flag,
                ChangeSource = change.Source.Kind,
                SourceId = change.Source.SourceId,
            };
        }
    }
}
