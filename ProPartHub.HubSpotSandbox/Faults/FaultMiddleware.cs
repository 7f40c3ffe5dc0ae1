using System.Globalization;
using ProPartHub.HubSpotSandbox.Control;
using ProPartHub.HubSpotSandbox.Http;
using ProPartHub.HubSpotSandbox.Limits;

namespace ProPartHub.HubSpotSandbox.Faults;

/// <summary>Makes the picked fault befall the call, before or after it is carried out.</summary>
internal sealed class FaultMiddleware(FaultInjector faults, IHostApplicationLifetime lifetime, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (faults.Pick(context.Request.Method, context.Request.Path) is not { } fault)
        {
            await next(context);
            return;
        }

        context.Features.Get<CallEntry>()?.Disturb(fault);
        if (fault.AfterWrite)
            await CarryOutUnheardAsync(context, next);

        switch (fault.Kind)
        {
            case FaultKind.Cut:
                context.Abort();
                break;
            case FaultKind.Timeout:
                await HangAsync(context);
                break;
            default:
                await AnswerAsync(context, fault);
                break;
        }
    }

    private static async Task CarryOutUnheardAsync(HttpContext context, RequestDelegate next)
    {
        var wire = context.Response.Body;
        context.Response.Body = Stream.Null;
        await next(context);
        context.Response.Body = wire;
    }

    // Until the caller hangs up or the sandbox stops; then nobody is told anything either.
    private async Task HangAsync(HttpContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted,
            lifetime.ApplicationStopping
        );
        await Task.Delay(Timeout.InfiniteTimeSpan, time, end.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }

    private static Task AnswerAsync(HttpContext context, Fault fault)
    {
        if (fault.RetryAfter is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (fault.PlainBody is { } text)
        {
            context.Response.StatusCode = fault.Status;
            context.Response.ContentType = "text/plain;charset=utf-8";
            return context.Response.WriteAsync(text, context.RequestAborted);
        }

        return context.WriteErrorAsync(Error(context, fault));
    }

    private static ApiError Error(HttpContext context, Fault fault)
    {
        if (fault.Status != StatusCodes.Status429TooManyRequests)
            return fault.Status switch
            {
                StatusCodes.Status401Unauthorized => ApiError.InvalidAuthentication(),
                StatusCodes.Status403Forbidden => ApiError.Banned(),
                StatusCodes.Status423Locked => ApiError.Plain(fault.Status, "The resource is locked"),
                _ => ApiError.Plain(fault.Status, "internal error"),
            };

        var operation = context.GetEndpoint()?.Metadata.GetMetadata<ApiOperation>();
        return fault.DailyLimit ? RateLimitErrors.Daily()
            : operation?.Bucket == RateBucket.Search ? RateLimitErrors.Search()
            : RateLimitErrors.Burst();
    }
}
