namespace ProPartHub.Web.Hosting;

/// <summary>
/// Outside Development cookies travel encrypted alone, so that without TLS no form can work: who asks for a page is told so, and
/// where to go, instead of meeting an error at the first form. Programs (probes, scrapers) are served.
/// </summary>
internal static class PlainHttp
{
    public static void UseNoticeOfPlainHttp(this WebApplication app)
    {
        if (app.Environment.IsDevelopment())
        {
            return;
        }

        app.Use(
            (context, next) =>
            {
                var request = context.Request;
                if (request.IsHttps || request.Path.StartsWithSegments("/error") || !request.AcceptsHtml())
                {
                    return next(context);
                }

                context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
                context.Response.Headers.Upgrade = "TLS/1.2";
                return Task.CompletedTask;
            }
        );
    }
}
