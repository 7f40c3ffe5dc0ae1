using ProPartHub.Web.Account;

namespace ProPartHub.Web.Hosting;

internal static class RateLimitsHosting
{
    public static void AddHubRateLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LogInLimit>();
        builder.Services.AddSingleton<ActLimits>();
    }
}
