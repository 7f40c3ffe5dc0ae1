using System.Globalization;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Webhooks;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>A record that an event names.</summary>
internal readonly record struct WebhookTarget(string Type, string Id);

/// <summary>Which records an event names; none for events about things that are no business of ours.</summary>
internal static class WebhookTargets
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["contact"] = HubSpotObjectTypes.Contacts,
        ["0-1"] = HubSpotObjectTypes.Contacts,
        ["deal"] = HubSpotObjectTypes.Deals,
        ["0-3"] = HubSpotObjectTypes.Deals,
        ["0-46"] = HubSpotObjectTypes.Notes,
        ["0-47"] = HubSpotObjectTypes.Meetings,
        ["0-48"] = HubSpotObjectTypes.Calls,
        ["0-49"] = HubSpotObjectTypes.Emails,
        ["0-27"] = HubSpotObjectTypes.Tasks,
    };

    /// <summary>The records to read again.</summary>
    public static IEnumerable<WebhookTarget> Of(WebhookPayloadEvent payload)
    {
        if (payload.AssociationType is { } association)
        {
            // Such as DEAL_TO_CONTACT: each end is of the type named.
            var ends = association.Split("_TO_", 2);
            return Target(ends[0], payload.FromObjectId).Concat(Target(ends[^1], payload.ToObjectId));
        }

        var type = payload.ObjectTypeId ?? payload.Kind.Split('.')[0];
        return new[] { payload.ObjectId, payload.PrimaryObjectId, payload.NewObjectId }
            .Concat(payload.MergedObjectIds)
            .SelectMany(id => Target(type, id));
    }

    // HubSpot refuses a whole read for one id that is none: such an event must not stand in the way of all others.
    private static IEnumerable<WebhookTarget> Target(string type, string? id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        && Types.TryGetValue(type, out var known)
            ? [new(known, id)]
            : [];
}
