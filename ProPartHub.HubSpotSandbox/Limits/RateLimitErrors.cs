using ProPartHub.HubSpotSandbox.Http;

namespace ProPartHub.HubSpotSandbox.Limits;

/// <summary>The bodies of 429 answers. That of search looks different: no policy, and a category instead of a type.</summary>
internal static class RateLimitErrors
{
    public static ApiError Burst() =>
        Policy("You have reached your ten_secondly_rolling limit.", "TEN_SECONDLY_ROLLING");

    public static ApiError Daily() => Policy("You have reached your daily limit.", "DAILY");

    public static ApiError Search() =>
        new()
        {
            StatusCode = StatusCodes.Status429TooManyRequests,
            Message = "You have reached your secondly limit.",
            Category = "RATE_LIMITS",
        };

    private static ApiError Policy(string message, string policy) =>
        new()
        {
            StatusCode = StatusCodes.Status429TooManyRequests,
            Message = message,
            ErrorType = "RATE_LIMIT",
            PolicyName = policy,
            RequestId = Guid.NewGuid().ToString(),
        };
}
