using System.Globalization;
using System.Security.Claims;

namespace ProPartHub.Web.Account;

/// <summary>
/// What an identity provider's answer proves: how strongly (<c>acr</c>) and when (<c>auth_time</c>) the person logged in
/// there. That somebody comes from the provider alone proves no more than that a window of theirs is open.
/// </summary>
internal static class ProviderProof
{
    public const string Acr = "acr";
    public const string AuthTime = "auth_time";

    // Reasons, as the security events hold them.
    public const string Weak = "single sign-on not strong enough";
    public const string Untimed = "single sign-on without a time";
    public const string Stale = "single sign-on too long ago";
    public const string Another = "single sign-on as somebody else";

    // By so much the provider's clock may be ahead.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>When the person logged in at the provider (UTC); null where it does not say, or nothing that can be.</summary>
    public static DateTimeOffset? ProvedAt(ClaimsPrincipal principal, DateTimeOffset now)
    {
        if (
            !long.TryParse(
                principal.FindFirstValue(AuthTime),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var seconds
            )
            || seconds > (now + Skew).ToUnixTimeSeconds()
        )
        {
            return null;
        }

        var at = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return at < now ? at : now;
    }

    /// <summary>Why the answer is not good enough; null where it is.</summary>
    /// <param name="principal">What the provider says.</param>
    /// <param name="options">What the office asks of it.</param>
    /// <param name="isAgain">Whether a fresh proof was asked for.</param>
    /// <param name="now">The present moment (UTC).</param>
    public static string? FaultOf(
        ClaimsPrincipal principal,
        SingleSignOnOptions options,
        bool isAgain,
        DateTimeOffset now
    )
    {
        if (options.Strengths.Count > 0 && !options.Strengths.Contains(principal.FindFirstValue(Acr)))
        {
            return Weak;
        }

        return !isAgain ? null
            : ProvedAt(principal, now) is not { } at ? Untimed
            : now - at > HubClaims.ProofLasts ? Stale
            : null;
    }
}
