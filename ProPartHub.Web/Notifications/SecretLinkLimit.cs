using ProPartHub.Web.Account;

namespace ProPartHub.Web.Notifications;

/// <summary>
/// How often a network address may open links that need no log-in, counted by each instance for itself: enough for the
/// calendars of an office behind one address, and nothing for somebody who tries secrets.
/// </summary>
internal sealed class SecretLinkLimit(TimeProvider time)
{
    /// <summary>Links that an address may open in a minute.</summary>
    public const int PerMinute = 120;

    private readonly SlidingWindow _addresses = new(PerMinute, TimeSpan.FromMinutes(1), 20_000, time);

    /// <summary>Counts a try.</summary>
    /// <returns>Null when it may go on, else after how long the next one may.</returns>
    public TimeSpan? Enter(HttpContext context) =>
        _addresses.Enter(context.LimitKey()) is { IsAllowed: false, Wait: var wait } ? wait : null;
}
