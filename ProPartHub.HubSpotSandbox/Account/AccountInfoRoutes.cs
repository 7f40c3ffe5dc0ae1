using ProPartHub.HubSpotSandbox.Http;
using ProPartHub.HubSpotSandbox.Limits;

namespace ProPartHub.HubSpotSandbox.Account;

/// <summary>Who the account is, and how much of the day's calls is used up.</summary>
internal sealed class AccountInfoRoutes(HubSpotAccount account, RateLimits limits)
{
    public void Map(ApiRoutes routes, ApiVersion version)
    {
        routes.Get($"{version.AccountInfo}/details", Scopes.None, _ => ApiAnswer.Ok(Details()));
        foreach (var path in version.DailyUsage)
            routes.Get($"{version.AccountInfo}{path}", Scopes.None, _ => ApiAnswer.Ok(DailyUsage()));
    }

    private object Details()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(account.Options.TimeZone);
        var offset = zone.GetUtcOffset(account.Now);
        return new
        {
            portalId = account.Options.PortalId,
            accountType = "SANDBOX",
            timeZone = account.Options.TimeZone,
            companyCurrency = "USD",
            additionalCurrencies = new[] { "EUR", "AED", "UAH" },
            utcOffset = $"{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}",
            utcOffsetMilliseconds = (long)offset.TotalMilliseconds,
            uiDomain = "app-eu1.hubspot.com",
            dataHostingLocation = "eu1",
        };
    }

    private object DailyUsage()
    {
        var daily = limits.Daily();
        return new
        {
            results = new[]
            {
                new
                {
                    name = "private-apps-api-calls-daily",
                    usageLimit = daily.Limit,
                    currentUsage = daily.Used,
                    collectedAt = HubSpotTime.Format(account.Now),
                    resetsAt = HubSpotTime.Format(daily.ResetsAt),
                    fetchStatus = "SUCCESS",
                },
            },
        };
    }
}
