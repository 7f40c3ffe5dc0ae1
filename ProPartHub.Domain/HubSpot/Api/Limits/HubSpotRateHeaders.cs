using System.Globalization;
using System.Net.Http.Headers;

namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>What an answer's headers say about the limits; any of it may be missing.</summary>
internal readonly record struct HubSpotRateHeaders(int? Max, int? Remaining, int? Daily, int? DailyRemaining)
{
    public static HubSpotRateHeaders Read(HttpResponseHeaders headers) =>
        new(
            Number(headers, "X-HubSpot-RateLimit-Max"),
            Number(headers, "X-HubSpot-RateLimit-Remaining"),
            Number(headers, "X-HubSpot-RateLimit-Daily"),
            Number(headers, "X-HubSpot-RateLimit-Daily-Remaining")
        );

    private static int? Number(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values)
        && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
