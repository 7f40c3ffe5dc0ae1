namespace ProPartHub.Web.Hosting;

/// <summary>
/// Outside Development cookies travel encrypted alone, so that without TLS no form can work: who asks for a page is told so, and
/// where to go, instead of meeting an error at the first form. Programs (probes, scrapers) are served.
/// </summary>
internal sealed partial class PlainHttp(RequestDelegate next, ILogger<PlainHttp> logger)
{
    private static readonly object Mark = new();

    private int _told;

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.IsHttps || request.Path.StartsWithSegments("/error") || !request.AcceptsHtml())
        {
            return next(context);
        }

        // Of a proxy that is not believed the log has told already, with what helps.
        if (!UnbelievedProxy.HasForwarded(request) && Interlocked.Exchange(ref _told, 1) == 0)
        {
            LogPlain($"{context.Connection.RemoteIpAddress}");
        }

        context.Items[Mark] = true;
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    /// <summary>True for the error page of a request that was refused here.</summary>
    public static bool HasRefused(HttpContext context) => context.Items.ContainsKey(Mark);

    [LoggerMessage(
        LogLevel.Warning,
        "{Address} asked for a page without TLS; if it is the reverse proxy, it must set X-Forwarded-Proto"
    )]
    private partial void LogPlain(string address);
}

internal static class PlainHttpHosting
{
    public static void UseNoticeOfPlainHttp(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.UseMiddleware<PlainHttp>();
        }
    }
}
