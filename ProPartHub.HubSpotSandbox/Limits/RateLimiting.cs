using System.Globalization;
using ProPartHub.HubSpotSandbox.Http;

namespace ProPartHub.HubSpotSandbox.Limits;

/// <summary>Refuses calls over a limit and puts the rate headers on the others.</summary>
internal sealed class RateLimiting(RateLimits limits)
{
    private const int BurstMilliseconds = 10_000;
    private const string Prefix = "X-HubSpot-RateLimit-";

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!limits.Options.Enabled || context.GetEndpoint()?.Metadata.GetMetadata<ApiOperation>() is not { } operation)
            return next(context);

        var decision = limits.Take(operation.Bucket);
        WriteHeaders(context.Response.Headers, decision);
        return decision.Refusal is { } refusal ? context.WriteErrorAsync(refusal) : next(context);
    }

    private void WriteHeaders(IHeaderDictionary headers, RateDecision decision)
    {
        if (decision.DailyLeft is { } dailyLeft)
        {
            headers[$"{Prefix}Daily"] = Text(limits.Options.Daily);
            headers[$"{Prefix}Daily-Remaining"] = Text(dailyLeft);
        }

        if (decision.BurstLeft is { } burstLeft)
        {
            headers[$"{Prefix}Max"] = Text(limits.Options.Burst);
            headers[$"{Prefix}Remaining"] = Text(burstLeft);
            headers[$"{Prefix}Interval-Milliseconds"] = Text(BurstMilliseconds);
            // Deprecated and enforced no longer, but still sent.
            headers[$"{Prefix}Secondly"] = Text(limits.Options.Burst / 10);
            headers[$"{Prefix}Secondly-Remaining"] = Text(Math.Min(burstLeft, (limits.Options.Burst / 10) - 1));
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
