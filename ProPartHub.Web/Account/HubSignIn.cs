using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Sessions;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Account;

/// <summary>Gives and renews sessions. Whether a password opens an account is decided by <see cref="Domain.People.Accounts.LogIn"/>.</summary>
internal sealed class HubSignIn(
    UserManager<HubUser> users,
    IHttpContextAccessor http,
    IUserClaimsPrincipalFactory<HubUser> principals,
    IOptions<IdentityOptions> identity,
    ILogger<HubSignIn> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<HubUser> confirmation,
    UserSessions sessions,
    SessionCheck check,
    TimeProvider time
) : SignInManager<HubUser>(users, http, principals, identity, logger, schemes, confirmation)
{
    /// <summary>Starts a session for a person who has just proved who they are.</summary>
    /// <param name="user">The person.</param>
    /// <param name="method">How they proved it.</param>
    /// <param name="provedAt">When (UTC); null where that is not known, and so not fresh.</param>
    public async Task StartAsync(HubUser user, SessionMethod method, DateTimeOffset? provedAt)
    {
        // Who proves again who they are gets a new session in place of the present one.
        if (Context.User.SessionId() is { } present && Context.Actor() is { ViewerId: null } actor)
        {
            await sessions.EndAsync(actor, actor.UserId, present, CancellationToken.None);
        }

        var id = await sessions.StartAsync(
            user.Id,
            method,
            DeviceName.Of(Context.Request.Headers.UserAgent),
            Context.ClientAddress(),
            CancellationToken.None
        );
        List<Claim> claims =
        [
            HubClaims.SignedIn(time.GetUtcNow()),
            new(HubClaims.MethodUsed, method.ToString()),
            new(HubClaims.Session, id.ToString()),
        ];
        if (provedAt is { } at)
        {
            claims.Add(HubClaims.At(HubClaims.ProvedAt, at));
        }

        await SignInWithClaimsAsync(user, isPersistent: true, claims);
    }

    /// <summary>Issues the present session anew after a change of the account, with its age kept.</summary>
    public Task ContinueAsync(HubUser user, ClaimsPrincipal present) =>
        SignInWithClaimsAsync(user, isPersistent: true, present.Lasting());

    /// <summary>Turns the present session of an admin into a look through a person's eyes.</summary>
    public Task LookAsAsync(HubUser person, HubUser viewer, ClaimsPrincipal present) =>
        SignInWithClaimsAsync(
            person,
            isPersistent: true,
            [
                .. present.Lasting(),
                new(HubClaims.Viewer, viewer.Id.ToString()),
                new(HubClaims.ViewerName, viewer.DisplayName),
                new(HubClaims.ViewerStamp, viewer.SecurityStamp ?? ""),
                HubClaims.At(HubClaims.ViewSince, time.GetUtcNow()),
            ]
        );

    /// <summary>Turns a look back into the admin's own session.</summary>
    public Task StopLookingAsync(HubUser viewer, ClaimsPrincipal present) =>
        SignInWithClaimsAsync(viewer, isPersistent: true, present.LastingOfThePerson());

    /// <inheritdoc/>
    public override Task<bool> CanSignInAsync(HubUser user) => Task.FromResult(user.IsActive);

    /// <summary>Asked of every cookie once a minute; null ends the session.</summary>
    public override async Task<HubUser?> ValidateSecurityStampAsync(ClaimsPrincipal? principal) =>
        principal is not null
        && await check.IsAliveAsync(principal, mayHaveChanged: true, Context.RequestAborted)
        && await FindAsync(principal) is { IsActive: true } user
            ? user
            : null;

    // While an admin looks through a person's eyes the stamp that counts is the admin's, and that was checked.
    private Task<HubUser?> FindAsync(ClaimsPrincipal principal) =>
        principal.ViewerId() is null
            ? base.ValidateSecurityStampAsync(principal)
            : UserManager.FindByIdAsync(principal.UserId().ToString()!);
}
