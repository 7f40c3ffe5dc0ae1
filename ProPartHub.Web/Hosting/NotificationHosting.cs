using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using ProPartHub.Domain.Automation;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Notifications;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Notifications;
using ProPartHub.Web.Components.Templates;
using ProPartHub.Web.Notifications;

namespace ProPartHub.Web.Hosting;

internal static class NotificationHosting
{
    private const string CalendarPattern = "/calendar/{token}.ics";
    private const string UnsubscribePattern = "/unsubscribe/{token}";

    /// <summary>Notifications with their words, what makes them, and the links that mails and calendars open.</summary>
    public static void AddHubNotifications(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services
            .AddOptions<NotificationOptions>()
            .BindConfiguration(NotificationOptions.Section)
            .PostConfigure<IOptions<HubOptions>>((options, hub) => options.TimeZone = hub.Value.TimeZone)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<NotificationWords>();
        services.AddSingleton<CalendarFile>();
        services.AddSingleton<SecretLinkLimit>();
        services.AddHostedService<NotificationKeeping>();
        services.AddHostedService<AutomationKeeping>();
        services.AddScoped<MessageValues>();
    }

    /// <summary>Address of a calendar.</summary>
    public static string CalendarPath(string token) =>
        CalendarPattern.Replace("{token}", token, StringComparison.Ordinal);

    /// <summary>Address that ends mails of one kind.</summary>
    public static string UnsubscribePath(string token) =>
        UnsubscribePattern.Replace("{token}", token, StringComparison.Ordinal);

    /// <summary>Links that open without a log-in; what is secret is in them.</summary>
    public static void MapHubNotifications(this WebApplication app)
    {
        app.MapMethods(CalendarPattern, [HttpMethods.Get, HttpMethods.Head], CalendarAsync)
            .AllowAnonymous()
            .ExcludeFromDescription();
        // People open it, mail programs post to it (RFC 8058): without cookies, so there is nothing to forge.
        app.MapGet(
                UnsubscribePattern,
                (string token) =>
                    TypedResults.LocalRedirect($"{AccountPaths.Unsubscribe}?token={Uri.EscapeDataString(token)}")
            )
            .AllowAnonymous()
            .ExcludeFromDescription();
        app.MapPost(UnsubscribePattern, UnsubscribeAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> CalendarAsync(
        string token,
        HttpContext context,
        CalendarFeeds feeds,
        CalendarFile file,
        SecretLinkLimit limit
    )
    {
        if (limit.Enter(context) is { } wait)
        {
            context.RefuseUntil(wait);
            return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        if (await feeds.OpenAsync(token, context.RequestAborted) is not { } content)
        {
            return TypedResults.NotFound();
        }

        var text = file.Write(content);
        // Kept by its owner's program alone, and asked for anew each time; unchanged it is not sent again.
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Bytes(
            text,
            "text/calendar; charset=utf-8",
            fileDownloadName: null,
            entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(text))}\"")
        );
    }

    private static async Task<IResult> UnsubscribeAsync(
        string token,
        HttpContext context,
        Unsubscription unsubscription,
        SecretLinkLimit limit
    )
    {
        if (limit.Enter(context) is { } wait)
        {
            context.RefuseUntil(wait);
            return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        return await unsubscription.EndAsync(token, context.ClientAddress(), CancellationToken.None) is null
            ? TypedResults.NotFound()
            : TypedResults.Ok();
    }
}
