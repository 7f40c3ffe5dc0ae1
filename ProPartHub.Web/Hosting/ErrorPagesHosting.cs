using Microsoft.AspNetCore.Diagnostics;
using ProPartHub.Domain.Data;

namespace ProPartHub.Web.Hosting;

internal static class ErrorPagesHosting
{
    /// <summary>
    /// Unhandled errors and bare status codes become static pages in the person's language; programs that do not ask
    /// for HTML (webhooks, probes, scripts) get the bare code.
    /// </summary>
    public static void UseHubErrorPages(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.UseExceptionHandler(
                new ExceptionHandlerOptions
                {
                    ExceptionHandlingPath = "/error/500",
                    CreateScopeForErrors = true,
                    StatusCodeSelector = failure =>
                        DatabaseOutage.Is(failure)
                            ? StatusCodes.Status503ServiceUnavailable
                            : StatusCodes.Status500InternalServerError,
                }
            );
        }

        app.UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true);
        app.Use(
            (context, next) =>
            {
                if (!context.Request.AcceptsHtml() && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
                {
                    pages.Enabled = false;
                }

                // An error page is read, whatever the failed request was: with its method kept, a form refused for its
                // antiforgery token would be validated again, and fail again, on the way to the page that says so.
                if (
                    context.Features.Get<IStatusCodeReExecuteFeature>() is not null
                    || context.Features.Get<IExceptionHandlerFeature>() is not null
                )
                {
                    context.Request.Method = HttpMethods.Get;
                }

                return next(context);
            }
        );
    }

    /// <summary>True for browsers that want a page, false for programs.</summary>
    public static bool AcceptsHtml(this HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
