using System.Text.Json;

namespace ProPartHub.Domain.HubSpot.Webhooks;

/// <summary>
/// Reads the body of a webhook: an array of events, of which HubSpot documents the fields but not their constancy. What
/// is missing is null, what is unknown is kept in <see cref="WebhookPayloadEvent.Raw"/>.
/// </summary>
public static class WebhookPayload
{
    /// <summary>The events of a body, in the order they stand in (which is not the order they happened in).</summary>
    /// <exception cref="JsonException">The body is not a JSON array, or one object, of events.</exception>
    public static IReadOnlyList<WebhookPayloadEvent> Parse(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(ReadableJson.Of(body));
        return document.RootElement.ValueKind switch
        {
            JsonValueKind.Array => [.. document.RootElement.EnumerateArray().Select(Read)],
            JsonValueKind.Object => [Read(document.RootElement)],
            _ => throw new JsonException("A webhook body must be an array of events."),
        };
    }

    private static WebhookPayloadEvent Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("A webhook event must be an object.");
        }

        return new()
        {
            // Old documentation calls it eventType.
            Kind = Text(element, "subscriptionType") ?? Text(element, "eventType") ?? "",
            EventId = Text(element, "eventId"),
            SubscriptionId = Text(element, "subscriptionId"),
            PortalId = Number(element, "portalId"),
            AppId = Text(element, "appId"),
            OccurredAt = Api.HubSpotTime.Parse(Text(element, "occurredAt")),
            AttemptNumber = Number(element, "attemptNumber") ?? 0,
            ObjectId = Text(element, "objectId"),
            ObjectTypeId = Text(element, "objectTypeId"),
            PropertyName = Text(element, "propertyName"),
            PropertyValue = Text(element, "propertyValue"),
            ChangeFlag = Text(element, "changeFlag"),
            ChangeSource = Text(element, "changeSource"),
            SourceId = Text(element, "sourceId"),
            PrimaryObjectId = Text(element, "primaryObjectId"),
            NewObjectId = Text(element, "newObjectId"),
            MergedObjectIds = Texts(element, "mergedObjectIds"),
            AssociationType = Text(element, "associationType"),
            FromObjectId = Text(element, "fromObjectId"),
            ToObjectId = Text(element, "toObjectId"),
            AssociationRemoved = Text(element, "associationRemoved") is "true" or "True",
            Raw = element.GetRawText(),
        };
    }

    // Numbers are taken as they stand: ids here are numbers, in the API text, and doubles would lose their last digits.
    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            JsonValueKind.String => value.GetString(),
            _ => value.GetRawText(),
        };

    private static long? Number(JsonElement element, string name) =>
        long.TryParse(Text(element, name), out var number) ? number : null;

    private static IReadOnlyList<string> Texts(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(Text).OfType<string>()]
            : [];
}
