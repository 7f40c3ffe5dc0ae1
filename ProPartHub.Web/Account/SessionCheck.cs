using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Domain.People.Sessions;

namespace ProPartHub.Web.Account;

/// <summary>Whether what a circuit believes about its person is still so. Opens a context for each question.</summary>
internal sealed class SessionCheck(
    HubDatabase database,
    UserSessions sessions,
    IOptions<AccountOptions> accounts,
    IOptions<IdentityOptions> identity,
    TimeProvider time
)
{
    /// <summary>
    /// False once the session is over: ended, too old, account switched off or gone, new security stamp, or role or team
    /// changed, since rights are decided from those.
    /// </summary>
    /// <param name="principal">What the session says about its person.</param>
    /// <param name="mayHaveChanged">True where what changed is read anew; a circuit keeps what it was told at its start.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<bool> IsAliveAsync(
        ClaimsPrincipal principal,
        bool mayHaveChanged,
        CancellationToken cancellationToken
    )
    {
        if (
            principal.UserId() is not { } id
            || principal.SessionId() is not { } session
            || IsTooOld(principal)
            || !await sessions.IsLiveAsync(session, id, cancellationToken)
        )
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
            && (mayHaveChanged || (user.Role == principal.Role() && user.TeamId == principal.TeamId()));
    }

    // Whether the person proved who they are longer ago than a session may last.
    private bool IsTooOld(ClaimsPrincipal principal) =>
        principal.SignedIn() is not { } at
        || time.GetUtcNow() - at > TimeSpan.FromHours(accounts.Value.SessionLimitHours);
}
