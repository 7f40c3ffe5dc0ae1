using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.HubSpot.Webhooks;
using ProPartHub.HubSpotSandbox.Objects;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <content>What HubSpot has, what its people do there and how it tells of it.</content>
internal sealed partial class SyncBed
{
    /// <summary>Tells of changed records as HubSpot's webhooks do.</summary>
    public async Task WebhookAsync(string kind, string objectId, int eventId = 1, string? extra = null)
    {
        var json = $$"""
            [{"eventId":{{eventId}},"subscriptionId":7,"portalId":50112233,"appId":1,
              "occurredAt":{{Clock.GetUtcNow().ToUnixTimeMilliseconds()}},"subscriptionType":"{{kind}}",
              "attemptNumber":0,"objectId":{{objectId}}{{extra}}}]
            """;
        await Get<WebhookInbox>().StoreAsync(WebhookPayload.Parse(System.Text.Encoding.UTF8.GetBytes(json)), Cancel);
    }

    /// <summary>A contact that somebody made in HubSpot.</summary>
    public string ContactThere(params (string Property, string? Value)[] values) =>
        Sandbox.HeadOffice.Create(
            ObjectType.Contacts,
            values.ToDictionary(value => value.Property, value => value.Value)
        );

    /// <summary>The account's live records of a type.</summary>
    public IReadOnlyList<CrmRecord> Live(ObjectType type) =>
        Sandbox.Account.Locked<IReadOnlyList<CrmRecord>>(() =>
            [.. Sandbox.Account.Records(type).All.Where(record => !record.Archived)]
        );

    /// <summary>The live records of a type that are tied to a deal, oldest first.</summary>
    public List<CrmRecord> TiedTo(string dealId, ObjectType type) =>
        Sandbox.Account.Locked(() =>
            Sandbox
                .Account.Associations.Of(Sandbox.Account.Records(ObjectType.Deals).Find(dealId)!, type)
                .Select(link => link.To)
                .Where(record => !record.Archived)
                .OrderBy(record => record.IdText, StringComparer.Ordinal)
                .ToList()
        );

    public string? Value(ObjectType type, string id, string property) =>
        Sandbox.Account.Locked(() => Sandbox.Account.Records(type).Find(id)![property]);

    /// <summary>The values a property had, as HubSpot's history of it tells.</summary>
    public IReadOnlyList<string?> Versions(ObjectType type, string id, string property) =>
        Sandbox.Account.Locked<IReadOnlyList<string?>>(() =>
            [.. Sandbox.Account.Records(type).Find(id)!.History(property).Select(version => version.Value)]
        );

    public string? Deal(LeadSync sync, string property) => Value(ObjectType.Deals, sync.DealId!, property);

    public string? Contact(LeadSync sync, string property) => Value(ObjectType.Contacts, sync.ContactId!, property);
}
