using Microsoft.Extensions.Hosting.Systemd;

namespace ProPartHub.Web.Hosting;

internal static class SystemdHosting
{
    // Where systemd listens for a service of the type "notify"; set for such a service alone.
    private const string Variable = "NOTIFY_SOCKET";

    /// <summary>
    /// Has <see cref="Draining.DrainingLifetime"/> tell systemd when the portal listens and when it begins to stop, if systemd
    /// has started it and asks for that.
    /// </summary>
    /// <remarks>
    /// Not by <c>AddSystemd</c>, which looks whether the parent process is called systemd: a service from which the processes
    /// of others are hidden (<c>ProtectProc</c>) cannot see that, would tell nothing and be ended as one that never started.
    /// </remarks>
    public static void AddHubSystemd(this IServiceCollection services)
    {
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
        {
            services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        }
    }
}
