using System.Text.Json;

namespace ProPartHub.HubSpotSandbox.Http;

internal static class ResponseWriting
{
    public const string CorrelationHeader = "X-HubSpot-Correlation-Id";

    private const string ContentType = "application/json;charset=utf-8";

    public static async Task WriteAnswerAsync(this HttpContext context, ApiAnswer answer)
    {
        context.Response.StatusCode = answer.StatusCode;
        if (answer.Body is not { } body)
            return;

        // Serialised before it is sent: a body that fails half-way must not leave as a truncated success.
        var json = JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), SandboxJson.Options);
        context.Response.ContentType = ContentType;
        await context.Response.Body.WriteAsync(json, context.RequestAborted);
    }

    public static Task WriteErrorAsync(this HttpContext context, ApiError error) =>
        context.WriteAnswerAsync(
            new ApiAnswer(error.StatusCode, error with { CorrelationId = context.CorrelationId() })
        );

    /// <summary>The id that stands in the header of every answer and, equal, in the body of an error.</summary>
    public static string CorrelationId(this HttpContext context) =>
        context.Response.Headers[CorrelationHeader].ToString();
}
