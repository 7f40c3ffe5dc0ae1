namespace ProPartHub.Web.Hosting;

internal static class ShutdownHosting
{
    /// <summary>
    /// Takes no circuits once the process is asked to stop. SignalR closes the open ones at that moment, and browsers
    /// reconnect within milliseconds, to this very process, whose end they would then hold up to its time limit.
    /// </summary>
    public static void UseNoCircuitsWhileStopping(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                if (
                    !app.Lifetime.ApplicationStopping.IsCancellationRequested
                    || !context.Request.Path.StartsWithSegments("/_blazor")
                )
                {
                    return next(context);
                }

                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return Task.CompletedTask;
            }
        );
}
