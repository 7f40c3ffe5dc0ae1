using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;
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
            principal.SessionOwner() is not { } id
            || principal.SessionId() is not { } session
            || IsTooOld(principal)
            || !await sessions.IsLiveAsync(session, id, cancellationToken)
        )
        {
            return false;
        }

        await using var db = await database.ReadAsync(cancellationToken);
        var user = await db
            .Users.Where(user => user.Id == id)
            .Select(user => new Present(user.SecurityStamp, user.IsActive, user.Role, user.TeamId))
            .SingleOrDefaultAsync(cancellationToken);
        return user is { IsActive: true }
            && (
                principal.ViewerId() is null
                    ? IsAsBefore(user, principal, mayHaveChanged)
                    : MayStillLook(user, principal)
            );
    }

    private bool IsAsBefore(Present user, ClaimsPrincipal principal, bool mayHaveChanged) =>
        user.Stamp == principal.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType)
        && (mayHaveChanged || (user.Role == principal.Role() && user.TeamId == principal.TeamId()));

    private bool MayStillLook(Present viewer, ClaimsPrincipal principal) =>
        viewer.Role is Role.Admin
        && viewer.Stamp == principal.FindFirstValue(HubClaims.ViewerStamp)
        && principal.Moment(HubClaims.ViewSince) is { } since
        && time.GetUtcNow() - since <= ViewAs.Longest;

    // Whether the person proved who they are longer ago than a session may last.
    private bool IsTooOld(ClaimsPrincipal principal) =>
        principal.SignedIn() is not { } at
        || time.GetUtcNow() - at > TimeSpan.FromHours(accounts.Value.SessionLimitHours);

    private sealed record Present(string? Stamp, bool IsActive, Role Role, Guid? TeamId);
}
