using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Sessions;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Account;

/// <summary>What a session carries about its person, beside the name, the id and the role.</summary>
internal static class HubClaims
{
    public const string Team = "team";
    public const string Culture = "culture";

    /// <summary>When the password was given (UTC, round-trip format); survives every renewal of the session.</summary>
    public const string SignedInAt = "signed_in_at";

    /// <summary>
    /// When the person last proved who they are (UTC, round-trip format): here, or at the identity provider as that says. Absent
    /// where nobody knows.
    /// </summary>
    public const string ProvedAt = "proved_at";

    /// <summary>How the person proved it (<see cref="SessionMethod"/>).</summary>
    public const string MethodUsed = "method";

    /// <summary>Key of the session's row; survives every renewal.</summary>
    public const string Session = "session";

    /// <summary>The admin who looks through the person's eyes; whose session it is.</summary>
    public const string Viewer = "viewer";

    /// <summary>That admin's name.</summary>
    public const string ViewerName = "viewer_name";

    /// <summary>That admin's security stamp.</summary>
    public const string ViewerStamp = "viewer_stamp";

    /// <summary>When the look began (UTC, round-trip format).</summary>
    public const string ViewSince = "view_since";

    /// <summary>How long a proof counts as fresh.</summary>
    public static readonly TimeSpan ProofLasts = TimeSpan.FromMinutes(15);

    private static readonly string[] OfThePerson = [SignedInAt, ProvedAt, MethodUsed, Session];
    private static readonly string[] OfALook = [Viewer, ViewerName, ViewerStamp, ViewSince];

    public static Claim SignedIn(DateTimeOffset at) => At(SignedInAt, at);

    /// <summary>A claim that says when something was.</summary>
    public static Claim At(string type, DateTimeOffset at) => new(type, at.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>What belongs to the session and not to the account, for its next cookie.</summary>
    public static IReadOnlyList<Claim> Lasting(this ClaimsPrincipal principal) =>
        [.. principal.LastingOfThePerson(), .. principal.Of(OfALook)];

    /// <summary>The same without what belongs to a look through somebody's eyes.</summary>
    public static IEnumerable<Claim> LastingOfThePerson(this ClaimsPrincipal principal) => principal.Of(OfThePerson);

    private static IEnumerable<Claim> Of(this ClaimsPrincipal principal, string[] types) =>
        principal.Claims.Where(claim => types.Contains(claim.Type)).Select(claim => claim.Clone());

    /// <summary>Whose session it is: the person's own, or that of the admin who looks through the person's eyes.</summary>
    public static Guid? SessionOwner(this ClaimsPrincipal principal) => principal.ViewerId() ?? principal.UserId();

    /// <summary>The admin who looks through the person's eyes, if one does.</summary>
    public static Guid? ViewerId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(Viewer), out var id) ? id : null;

    public static Guid? UserId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    public static Guid? SessionId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(Session), out var id) ? id : null;

    public static Role? Role(this ClaimsPrincipal principal) =>
        Enum.TryParse<Role>(principal.FindFirstValue(ClaimTypes.Role), out var role) ? role : null;

    public static Guid? TeamId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(Team), out var id) ? id : null;

    /// <summary>
    /// Whether the person proved who they are within a quarter of an hour: asked before anything that guards the account is
    /// changed (ASVS 5.0, 7.5.1), so that an unlocked screen is not enough.
    /// </summary>
    public static bool IsRecent(this ClaimsPrincipal principal, TimeProvider time) =>
        time.GetUtcNow() - principal.Moment(ProvedAt) <= ProofLasts;

    /// <summary>How the person of the session proved who they are; null for sessions older than the record of it.</summary>
    public static SessionMethod? Method(this ClaimsPrincipal principal) =>
        Enum.TryParse<SessionMethod>(principal.FindFirstValue(MethodUsed), out var method) ? method : null;

    public static DateTimeOffset? SignedIn(this ClaimsPrincipal principal) => principal.Moment(SignedInAt);

    public static DateTimeOffset? Moment(this ClaimsPrincipal principal, string type) =>
        DateTimeOffset.TryParseExact(
            principal.FindFirstValue(type),
            "O",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var at
        )
            ? at
            : null;

    /// <summary>The signed-in person as an actor; null for a visitor.</summary>
    /// <param name="principal">The session.</param>
    /// <param name="address">Network address of the request or circuit.</param>
    /// <param name="refusals">Hears of what the person is refused.</param>
    public static Actor? ToActor(this ClaimsPrincipal principal, string? address, RefusalLog refusals) =>
        principal.UserId() is { } id && principal.Role() is { } role
            ? new Actor(
                id,
                principal.Identity?.Name ?? string.Empty,
                role,
                principal.TeamId(),
                address,
                principal.ViewerId(),
                principal.FindFirstValue(ViewerName)
            )
            {
                Refusals = refusals,
            }
            : null;

    /// <summary>The signed-in person of a request as an actor; null for a visitor.</summary>
    public static Actor? Actor(this HttpContext context) =>
        context.User.ToActor(context.ClientAddress(), context.RequestServices.GetRequiredService<RefusalLog>());
}

/// <summary>
/// Builds a session's claims from the row alone: one role is one column, so there are no tables of claims and roles to
/// ask, as Identity's own factory does at every log-in and renewal.
/// </summary>
internal sealed class HubPrincipal(IOptions<IdentityOptions> identity) : IUserClaimsPrincipalFactory<HubUser>
{
    public Task<ClaimsPrincipal> CreateAsync(HubUser user)
    {
        var claims = new List<Claim>
        {
            new(ClaimTypes.NameIdentifier, user.Id.ToString()),
            new(ClaimTypes.Name, user.DisplayName),
            new(ClaimTypes.Role, user.Role.ToString()),
            new(HubClaims.Culture, user.Culture),
            new(identity.Value.ClaimsIdentity.SecurityStampClaimType, user.SecurityStamp ?? string.Empty),
        };
        if (user.TeamId is { } team)
        {
            claims.Add(new(HubClaims.Team, team.ToString()));
        }

        return Task.FromResult(new ClaimsPrincipal(new ClaimsIdentity(claims, IdentityConstants.ApplicationScheme)));
    }
}
