using System.Text.Json;

namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>HubSpot's error frame, also found inside batch answers. Every field is optional.</summary>
internal sealed record HubSpotErrorBody
{
    public string? Message { get; init; }

    public string? CorrelationId { get; init; }

    public string? Category { get; init; }

    /// <summary>Only in 429 answers: <c>TEN_SECONDLY_ROLLING</c>, <c>DAILY</c> and the like.</summary>
    public string? PolicyName { get; init; }

    public IReadOnlyList<HubSpotErrorDetail> Errors
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>In batch answers: which inputs it is about.</summary>
    public JsonElement Context { get; init; }
}

/// <summary>One entry of the frame's <c>errors</c>.</summary>
internal sealed record HubSpotErrorDetail
{
    public string? Message { get; init; }

    public string? Code { get; init; }

    /// <summary>The field at fault, in some answers in place of a context.</summary>
    public string? In { get; init; }

    public JsonElement Context { get; init; }
}

/// <summary>One entry of the list that HubSpot writes as JSON into the sentence "Property values were not valid".</summary>
internal sealed record HubSpotInvalidValue(string? Name, string? Error, string? Message);

/// <summary>Reads the loosely shaped <c>context</c> of an error: names with one text or a list of them.</summary>
internal static class HubSpotErrorContext
{
    /// <summary>The texts under this name, or none.</summary>
    public static IReadOnlyList<string> Texts(this JsonElement context, string name)
    {
        if (context.ValueKind != JsonValueKind.Object || !context.TryGetProperty(name, out var value))
        {
            return [];
        }

        return value.ValueKind switch
        {
            JsonValueKind.Array => [.. value.EnumerateArray().Select(item => item.ToString())],
            JsonValueKind.Null => [],
            _ => [value.ToString()],
        };
    }
}
