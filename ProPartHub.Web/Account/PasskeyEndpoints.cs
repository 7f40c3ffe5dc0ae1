using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using ProPartHub.Domain.People;

namespace ProPartHub.Web.Account;

/// <summary>What the browser asks before it makes a passkey or answers with one; both need the antiforgery token.</summary>
internal static class PasskeyEndpoints
{
    public const string Creation = "/account/passkeys/creation-options";
    public const string Request = "/account/passkeys/request-options";

    public static void MapHubPasskeys(this WebApplication app)
    {
        app.MapPost(Creation, CreationAsync).ExcludeFromDescription();
        app.MapPost(Request, RequestAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<Results<ContentHttpResult, BadRequest>> CreationAsync(
        HttpContext context,
        IAntiforgery antiforgery,
        UserManager<HubUser> users,
        Passkeys passkeys,
        TimeProvider time
    ) =>
        await IsMeantAsync(antiforgery, context)
        && context.User.ViewerId() is null
        && context.User.IsRecent(time)
        && context.User.UserId() is { } id
        && await users.FindByIdAsync(id.ToString()) is { } user
            ? Json(await passkeys.CreationOptionsAsync(user))
            : TypedResults.BadRequest();

    private static async Task<Results<ContentHttpResult, BadRequest, StatusCodeHttpResult>> RequestAsync(
        HttpContext context,
        IAntiforgery antiforgery,
        LogInLimit limit,
        Passkeys passkeys
    )
    {
        if (!await IsMeantAsync(antiforgery, context))
        {
            return TypedResults.BadRequest();
        }

        return await limit.EnterAsync(context, "passkey") is { } wait
            ? Later(context, wait)
            : Json(await passkeys.RequestOptionsAsync());
    }

    // A body that is no form is refused like a missing token.
    private static async Task<bool> IsMeantAsync(IAntiforgery antiforgery, HttpContext context)
    {
        try
        {
            return await antiforgery.IsRequestValidAsync(context);
        }
        catch (AntiforgeryValidationException)
        {
            return false;
        }
    }

    private static StatusCodeHttpResult Later(HttpContext context, TimeSpan wait)
    {
        context.RefuseUntil(wait);
        return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
    }

    private static ContentHttpResult Json(string options) => TypedResults.Text(options, "application/json");
}
