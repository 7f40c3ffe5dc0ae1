using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Domain.People.Sessions;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Account;

/// <summary>Account actions that have no page. Both read a form, so the antiforgery token is required.</summary>
internal static class AccountEndpoints
{
    public static void MapHubAccount(this WebApplication app)
    {
        app.MapHubPasskeys();
        app.MapPost(AccountPaths.LogOut, LogOutAsync).ExcludeFromDescription();
        // Outside Development this way in does not exist.
        if (app.Environment.IsDevelopment())
        {
            app.MapPost(AccountPaths.Demo, EnterDemoAsync).AllowAnonymous().ExcludeFromDescription();
        }
    }

    private static async Task<RedirectHttpResult> LogOutAsync(
        [FromForm] string? returnUrl,
        HttpContext context,
        HubSignIn signIn,
        UserSessions sessions
    )
    {
        if (context.User.ToActor(context.ClientAddress()) is { } actor && context.User.SessionId() is { } session)
        {
            await sessions.EndAsync(actor, actor.UserId, session, CancellationToken.None);
        }

        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect(returnUrl is null ? AccountPaths.LogIn : AccountPaths.Local(returnUrl));
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> EnterDemoAsync(
        [FromForm] Guid person,
        [FromForm] string? returnUrl,
        HttpContext context,
        DemoPeople demo,
        HubSignIn signIn
    )
    {
        if (await demo.EnterAsync(person, context.ClientAddress(), context.RequestAborted) is not { } user)
        {
            return TypedResults.NotFound();
        }

        await signIn.StartAsync(user, SessionMethod.Demo);
        context.RememberLanguage(user.Culture);
        return TypedResults.LocalRedirect(AccountPaths.Local(returnUrl));
    }
}
