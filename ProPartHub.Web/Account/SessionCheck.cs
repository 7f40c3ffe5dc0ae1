using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People.Accounts;

namespace ProPartHub.Web.Account;

/// <summary>Whether what a circuit believes about its person is still so. Opens a context for each question.</summary>
internal sealed class SessionCheck(
    HubDatabase database,
    IOptions<AccountOptions> accounts,
    IOptions<IdentityOptions> identity,
    TimeProvider time
)
{
    /// <summary>
    /// False once the session is over: too old, account switched off or gone, sessions ended (new security stamp), or
    /// role or team changed, since rights are decided from those.
    /// </summary>
    public async Task<bool> IsAliveAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (principal.UserId() is not { } id || IsTooOld(principal, accounts.Value, time))
        {
            return false;
        }

        var stamp = principal.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);
        await using var db = await database.ReadAsync(cancellationToken);
        var user = await db
            .Users.Where(user => user.Id == id)
            .Select(user => new
            {
                user.SecurityStamp,
                user.IsActive,
                user.Role,
                user.TeamId,
            })
            .SingleOrDefaultAsync(cancellationToken);
        return user is { IsActive: true }
            && user.SecurityStamp == stamp
            && user.Role == principal.Role()
            && user.TeamId == principal.TeamId();
    }

    /// <summary>Whether the password was given longer ago than a session may last.</summary>
    public static bool IsTooOld(ClaimsPrincipal principal, AccountOptions accounts, TimeProvider time) =>
        principal.SignedIn() is not { } at || time.GetUtcNow() - at > TimeSpan.FromHours(accounts.SessionLimitHours);
}
