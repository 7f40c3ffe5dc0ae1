using Microsoft.Extensions.Options;

namespace ProPartHub.Web.Hosting;

/// <summary>
/// Refuses requests that another site's page makes in a signed-in person's browser: anything that may change state, and
/// every request of a circuit. SignalR does not restrict origins itself, so without this a foreign page could open a
/// circuit with the person's cookie (cross-site WebSocket hijacking).
/// </summary>
/// <remarks>
/// Browsers cannot leave <c>Origin</c> out of a WebSocket handshake or a cross-site post; a request without it comes
/// from a program (a webhook, a health probe), which has no person's cookie to abuse.
/// </remarks>
internal sealed partial class OriginCheck(
    RequestDelegate next,
    IOptions<HubOptions> options,
    ILogger<OriginCheck> logger
)
{
    private readonly string? _publicOrigin = options.Value.PublicUrl?.GetLeftPart(UriPartial.Authority);

    public Task InvokeAsync(HttpContext context)
    {
        if (!NeedsCheck(context.Request) || IsSameOrigin(context.Request))
        {
            return next(context);
        }

        LogRefused(context.Request.Method, context.Request.Path, context.Request.Headers.Origin.ToString());
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool NeedsCheck(HttpRequest request) =>
        request.Path.StartsWithSegments("/_blazor")
        || !(
            HttpMethods.IsGet(request.Method)
            || HttpMethods.IsHead(request.Method)
            || HttpMethods.IsOptions(request.Method)
        );

    private bool IsSameOrigin(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] == "cross-site")
        {
            return false;
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            || string.Equals(origin, _publicOrigin, StringComparison.OrdinalIgnoreCase);
    }

    [LoggerMessage(LogLevel.Warning, "Refused {Method} {Path} from the foreign origin {Origin}")]
    private partial void LogRefused(string method, string path, string origin);
}

internal static class OriginCheckHosting
{
    public static void UseOriginCheck(this WebApplication app) => app.UseMiddleware<OriginCheck>();
}
