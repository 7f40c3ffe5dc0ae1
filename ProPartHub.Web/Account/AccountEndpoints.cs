using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Domain.People.Sessions;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Account;

/// <summary>Account actions that have no page. All read a form, so the antiforgery token is required.</summary>
internal static class AccountEndpoints
{
    public static void MapHubAccount(this WebApplication app)
    {
        app.MapHubPasskeys();
        app.MapPost(AccountPaths.LogOut, LogOutAsync).ExcludeFromDescription();
        app.MapPost(AccountPaths.ViewAs, ViewAsAsync).ExcludeFromDescription();
        app.MapPost(AccountPaths.ViewAsEnd, EndViewAsync).ExcludeFromDescription();
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
        if (context.Actor() is { } actor && context.User.SessionId() is { } session)
        {
            // While looking through another's eyes too, it is the own session that ends.
            var owner = actor with
            {
                UserId = actor.ViewerId ?? actor.UserId,
                ViewerId = null,
            };
            await sessions.EndAsync(owner, owner.UserId, session, CancellationToken.None);
        }

        await signIn.SignOutAsync();
        context.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return TypedResults.LocalRedirect(returnUrl is null ? AccountPaths.LogIn : AccountPaths.Local(returnUrl));
    }

    private static async Task<Results<RedirectHttpResult, ForbidHttpResult, NotFound>> ViewAsAsync(
        [FromForm] Guid person,
        HttpContext context,
        ViewAs views,
        UserManager<HubUser> users,
        HubSignIn signIn
    )
    {
        if (
            context.Actor() is not { ViewerId: null } actor
            || await users.FindByIdAsync(actor.UserId.ToString()) is not { } viewer
        )
        {
            return TypedResults.Forbid();
        }

        try
        {
            var viewed = await views.BeginAsync(actor, person, CancellationToken.None);
            await signIn.LookAsAsync(viewed, viewer, context.User);
            return TypedResults.LocalRedirect("/");
        }
        catch (ForbiddenException)
        {
            return TypedResults.Forbid();
        }
        catch (NotFoundException)
        {
            return TypedResults.NotFound();
        }
    }

    // The form tells that it was meant; antiforgery is checked because there is one.
    private static async Task<RedirectHttpResult> EndViewAsync(
        [FromForm] string? returnUrl,
        HttpContext context,
        ViewAs views,
        HubSignIn signIn
    )
    {
        if (context.Actor() is not { ViewerId: not null } viewed)
        {
            return TypedResults.LocalRedirect(AccountPaths.Local(returnUrl));
        }

        var name = context.User.FindFirstValue(HubClaims.ViewerName) ?? "";
        if (await views.EndAsync(viewed, name, CancellationToken.None) is { } viewer)
        {
            await signIn.StopLookingAsync(viewer, context.User);
            return TypedResults.LocalRedirect($"/admin/people/{viewed.UserId}");
        }

        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect(AccountPaths.LogIn);
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> EnterDemoAsync(
        [FromForm] Guid person,
        [FromForm] string? returnUrl,
        HttpContext context,
        DemoPeople demo,
        HubSignIn signIn,
        TimeProvider time
    )
    {
        if (await demo.EnterAsync(person, context.ClientAddress(), context.RequestAborted) is not { } user)
        {
            return TypedResults.NotFound();
        }

        await signIn.StartAsync(user, SessionMethod.Demo, time.GetUtcNow());
        context.RememberLanguage(user.Culture);
        return TypedResults.LocalRedirect(AccountPaths.Local(returnUrl));
    }
}
