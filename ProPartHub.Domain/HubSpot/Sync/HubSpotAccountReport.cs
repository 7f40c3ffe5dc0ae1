using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>What an account lacks of what the hub can exchange.</summary>
/// <param name="HasLeadIds">True when creation is idempotent by the hub's own unique property.</param>
/// <param name="MissingProperties">Properties the hub knows and the account does not have.</param>
public sealed record HubSpotSchemaReport(bool HasLeadIds, IReadOnlyList<string> MissingProperties);

/// <summary>Looks at an account on an admin's behalf, outside the sync.</summary>
public static class HubSpotAccountReport
{
    /// <summary>Object types the sync reads.</summary>
    public static IReadOnlyList<string> Types => PollStep.Types;

    /// <summary>Compares the account's properties with those the hub knows.</summary>
    /// <exception cref="HubSpotException">HubSpot refuses or cannot be reached.</exception>
    public static async Task<HubSpotSchemaReport> ReadSchemaAsync(
        HubSpotClient client,
        CancellationToken cancellationToken
    )
    {
        var schema = await SchemaAsync(client, cancellationToken);
        var known = PropertyTable
            .Rows.SelectMany(row => row.Reads)
            .Append(AgentField.Owner)
            .Concat(AgentField.NameProperties)
            .Distinct();
        return new(
            schema.HasLeadIds,
            [.. known.Where(property => !schema.Has(property)).Select(property => property.ToString())]
        );
    }

    /// <summary>Makes the hub's own unique property on contacts and deals; calling it is the admin's consent.</summary>
    /// <exception cref="HubSpotException">HubSpot refuses or cannot be reached.</exception>
    public static async Task CreateLeadIdsAsync(HubSpotClient client, CancellationToken cancellationToken) =>
        await LeadIdProperty.CreateAsync(client, await SchemaAsync(client, cancellationToken), cancellationToken);

    private static async Task<AccountSchema> SchemaAsync(HubSpotClient client, CancellationToken cancellationToken) =>
        new(
            await client.GetPropertiesAsync(
                HubSpotObjectTypes.Contacts,
                HubSpotPriority.Interactive,
                cancellationToken
            ),
            await client.GetPropertiesAsync(HubSpotObjectTypes.Deals, HubSpotPriority.Interactive, cancellationToken)
        );
}
