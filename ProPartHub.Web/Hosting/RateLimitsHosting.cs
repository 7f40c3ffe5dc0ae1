using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Catalogue.Sharing;

namespace ProPartHub.Web.Hosting;

internal static class RateLimitsHosting
{
    public static void AddHubRateLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LogInLimit>();
        builder.Services.AddSingleton<ActLimits>();
        builder.Services.AddSingleton<SharedLimit>();
    }
}
