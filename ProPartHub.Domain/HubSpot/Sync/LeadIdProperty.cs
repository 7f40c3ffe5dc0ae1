using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Makes the hub's own unique property where it may. With it a record made by a call whose answer was lost is found again
/// at once; search would lag, and a deal has no natural key.
/// </summary>
internal static class LeadIdProperty
{
    /// <summary>Makes the property on contacts and deals where it is missing and may be made.</summary>
    /// <returns>The schema as it is afterwards.</returns>
    public static async Task<AccountSchema> EnsureAsync(
        SyncSession session,
        AccountSchema schema,
        CancellationToken cancellationToken
    )
    {
        var isWelcome = session.Options.IsSandbox || session.Options.MayCreateProperties;
        if (schema.HasLeadIds || !isWelcome || !session.IsOn(SyncPart.Outbound))
        {
            return schema;
        }

        try
        {
            await CreateAsync(session.Client, schema, cancellationToken);
        }
        catch (HubSpotException refusal) when (refusal is HubSpotForbiddenException or HubSpotValidationException)
        {
            // The monitor then says which guarantee is lost; the sync goes on without it.
            return schema;
        }

        return new AccountSchema(
            await session.Client.GetPropertiesAsync(
                HubSpotObjectTypes.Contacts,
                HubSpotPriority.Changes,
                cancellationToken
            ),
            await session.Client.GetPropertiesAsync(
                HubSpotObjectTypes.Deals,
                HubSpotPriority.Changes,
                cancellationToken
            )
        );
    }

    /// <summary>Makes the property on both objects; one that exists is left as it is.</summary>
    public static async Task CreateAsync(
        HubSpotClient client,
        AccountSchema schema,
        CancellationToken cancellationToken
    )
    {
        foreach (
            var (type, group) in new[]
            {
                (HubSpotObjectTypes.Contacts, "contactinformation"),
                (HubSpotObjectTypes.Deals, "dealinformation"),
            }
        )
        {
            if (schema.Has(new(type, AccountSchema.LeadIdProperty)))
            {
                continue;
            }

            var definition = new HubSpotPropertyDefinition(
                AccountSchema.LeadIdProperty,
                "ProPart Hub lead id",
                "string",
                "text",
                group,
                "Set by ProPart Hub: ties the record to its lead. Do not edit.",
                HasUniqueValue: true
            );
            try
            {
                await client.CreatePropertyAsync(type, definition, HubSpotPriority.Changes, cancellationToken);
            }
            catch (HubSpotConflictException)
            {
                // Made meanwhile, perhaps by ourselves in a call whose answer was lost.
            }
        }
    }
}
