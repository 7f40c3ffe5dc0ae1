using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;

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
    IOptions<AccountOptions> accounts,
    TimeProvider time
) : SignInManager<HubUser>(users, http, principals, identity, logger, schemes, confirmation)
{
    /// <summary>Starts a session for a person who has just proved who they are.</summary>
    public Task StartAsync(HubUser user) =>
        SignInWithClaimsAsync(user, isPersistent: true, [HubClaims.SignedIn(time.GetUtcNow())]);

    /// <summary>Issues the present session anew after a change of the account, with its age kept.</summary>
    public Task ContinueAsync(HubUser user, ClaimsPrincipal present) =>
        SignInWithClaimsAsync(user, isPersistent: true, [HubClaims.SignedIn(present.SignedIn() ?? time.GetUtcNow())]);

    /// <inheritdoc/>
    public override Task<bool> CanSignInAsync(HubUser user) => Task.FromResult(user.IsActive);

    /// <summary>Asked of every cookie once a minute; null ends the session.</summary>
    public override async Task<HubUser?> ValidateSecurityStampAsync(ClaimsPrincipal? principal) =>
        principal is not null
        && !SessionCheck.IsTooOld(principal, accounts.Value, time)
        && await base.ValidateSecurityStampAsync(principal) is { IsActive: true } user
            ? user
            : null;
}
