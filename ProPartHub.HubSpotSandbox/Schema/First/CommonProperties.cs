using ProPartHub.HubSpotSandbox.Objects;
using static ProPartHub.HubSpotSandbox.Schema.First.Define;

namespace ProPartHub.HubSpotSandbox.Schema.First;

/// <summary>What every object has.</summary>
internal static class CommonProperties
{
    public static IEnumerable<PropertyDefinition> Of(ObjectType type) =>
        [
            Number("hs_object_id", "Record ID").ReadOnly() with
            {
                HasUniqueValue = true,
            },
            Moment(type.CreatedProperty, "Create date").ReadOnly(),
            Moment(type.ModifiedProperty, "Last modified date").ReadOnly(),
            Text("hs_merged_object_ids", "Merged record IDs").ReadOnly(),
            Owner("hubspot_owner_id", "Owner").Standard(),
        ];
}
