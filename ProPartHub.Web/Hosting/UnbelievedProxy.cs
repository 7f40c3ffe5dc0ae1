namespace ProPartHub.Web.Hosting;

/// <summary>
/// Says once who forwards encrypted requests and is not believed: every page with a form then fails for want of HTTPS, and
/// nothing else names the setting.
/// </summary>
internal sealed partial class UnbelievedProxy(RequestDelegate next, ILogger<UnbelievedProxy> logger)
{
    // What is believed has been taken out of the request by now.
    private const string Scheme = "X-Forwarded-Proto";

    private int _told;

    public Task InvokeAsync(HttpContext context)
    {
        if (
            !context.Request.IsHttps
            && context.Request.Headers.ContainsKey(Scheme)
            && Interlocked.Exchange(ref _told, 1) == 0
        )
        {
            LogUnbelieved($"{context.Connection.RemoteIpAddress}");
        }

        return next(context);
    }

    [LoggerMessage(
        LogLevel.Warning,
        "{Address} forwards requests that it says were encrypted, and is not believed: if it is the reverse proxy, name it in Hub:TrustedProxies"
    )]
    private partial void LogUnbelieved(string address);
}
