using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Sessions;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Account;

/// <summary>Gives and renews sessions. Whether a password opens an account is decided by <see cref="LogIn"/>.</summary>
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
    public async Task StartAsync(HubUser user, SessionMethod method)
    {
        var id = await sessions.StartAsync(
            user.Id,
            method,
            DeviceName.Of(Context.Request.Headers.UserAgent),
            Context.ClientAddress(),
            CancellationToken.None
        );
        await SignInWithClaimsAsync(
            user,
            isPersistent: true,
            [HubClaims.SignedIn(time.GetUtcNow()), new(HubClaims.Session, id.ToString())]
        );
    }

    /// <summary>Issues the present session anew after a change of the account, with its age kept.</summary>
    public Task ContinueAsync(HubUser user, ClaimsPrincipal present) =>
        SignInWithClaimsAsync(user, isPersistent: true, present.Lasting());

    /// <inheritdoc/>
    public override Task<bool> CanSignInAsync(HubUser user) => Task.FromResult(user.IsActive);

    /// <summary>Asked of every cookie once a minute; null ends the session.</summary>
    public override async Task<HubUser?> ValidateSecurityStampAsync(ClaimsPrincipal? principal) =>
        principal is not null
        && await check.IsAliveAsync(principal, mayHaveChanged: true, Context.RequestAborted)
        && await base.ValidateSecurityStampAsync(principal) is { IsActive: true } user
            ? user
            : null;
}
