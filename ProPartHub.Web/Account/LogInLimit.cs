using System.Globalization;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People.Accounts;

namespace ProPartHub.Web.Account;

/// <summary>
/// Slows guessing: so many tries a minute for an address, and fewer for an address and an account together. Counted by
/// each instance for itself; across instances the lock of the account, which is in the database, is the bound.
/// </summary>
internal sealed class LogInLimit(IOptions<AccountOptions> options, SecurityLog log, TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SlidingWindow _addresses = new(options.Value.TriesPerAddressAndMinute, Minute, 20_000, time);
    private readonly SlidingWindow _pairs = new(options.Value.TriesPerAccountAndMinute, Minute, 20_000, time);

    /// <summary>Counts a try.</summary>
    /// <returns>Null when it may go on, else after how long the next one may.</returns>
    public async Task<TimeSpan?> EnterAsync(HttpContext context, string account)
    {
        var key = context.LimitKey();
        var admission = _addresses.Enter(key);
        if (admission.IsAllowed)
        {
            admission = _pairs.Enter($"{key}\n{account.ToUpperInvariant()}");
        }

        if (admission.IsAllowed)
        {
            return null;
        }

        // One row for a run of refusals: whoever floods the log-in must not fill the audit with it.
        if (admission.IsFirstRefusal)
        {
            await log.RecordUnknownAsync(
                SecurityEventKind.RateLimited,
                account,
                context.ClientAddress(),
                context.RequestAborted,
                ("path", context.Request.Path)
            );
        }

        return admission.Wait;
    }
}

internal static class LogInLimitAnswer
{
    /// <summary>Makes the answer a 429 that says when to come back.</summary>
    /// <returns>The wait in whole seconds, to tell the person.</returns>
    public static int RefuseUntil(this HttpContext context, TimeSpan wait)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return seconds;
    }
}
