namespace ProPartHub.Web.Hosting;

/// <summary>
/// Says once who forwards encrypted requests and is not believed: every page is then refused for want of HTTPS
/// (<see cref="PlainHttp"/>), and names the setting.
/// </summary>
internal sealed partial class UnbelievedProxy(RequestDelegate next, ILogger<UnbelievedProxy> logger)
{
    private const string Scheme = "X-Forwarded-Proto";

    private int _told;

    public Task InvokeAsync(HttpContext context)
    {
        if (HasForwarded(context.Request) && Interlocked.Exchange(ref _told, 1) == 0)
        {
            LogUnbelieved($"{context.Connection.RemoteIpAddress}");
        }

        return next(context);
    }

    /// <summary>True where a proxy says that the request came encrypted, and is not believed.</summary>
    public static bool HasForwarded(HttpRequest request) =>
        // What is believed has been taken out of the request by now.
        !request.IsHttps && request.Headers[Scheme].ToString().StartsWith("https", StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(
        LogLevel.Warning,
        "{Address} forwards requests that it says were encrypted, and is not believed: if it is the reverse proxy, name it in Hub:TrustedProxies"
    )]
    private partial void LogUnbelieved(string address);
}
