using ProPartHub.HubSpotSandbox.Http;

namespace ProPartHub.HubSpotSandbox.Control;

/// <summary>Stamps every answer with its correlation id and writes the call into the log.</summary>
internal sealed class CallLogging(CallLog log, TimeProvider time)
{
    private const int KeptBody = 8_000;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers[ResponseWriting.CorrelationHeader] = Guid.NewGuid().ToString();
        var started = time.GetTimestamp();
        var entry = new CallEntry(
            time.GetUtcNow(),
            context.Request.Method,
            context.Request.Path,
            context.Request.QueryString.ToString(),
            await ReadBodyAsync(context)
        );
        context.Features.Set(entry);
        try
        {
            await next(context);
        }
        finally
        {
            var answered = !context.RequestAborted.IsCancellationRequested;
            entry.Finish(answered ? context.Response.StatusCode : 0, time.GetElapsedTime(started));
            log.Add(entry);
        }
    }

    private static async Task<string> ReadBodyAsync(HttpContext context)
    {
        context.Request.EnableBuffering();
        using var reader = new StreamReader(context.Request.Body, leaveOpen: true);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        context.Request.Body.Position = 0;
        return body.Length > KeptBody ? body[..KeptBody] : body;
    }
}
