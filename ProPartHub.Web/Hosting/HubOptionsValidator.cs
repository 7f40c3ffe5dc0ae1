using System.Net;
using Microsoft.Extensions.Options;

namespace ProPartHub.Web.Hosting;

/// <summary>Collects every fault of the web process's settings at once, each naming the setting to change.</summary>
internal sealed class HubOptionsValidator(IConfiguration configuration, IHostEnvironment environment)
    : IValidateOptions<HubOptions>
{
    public ValidateOptionsResult Validate(string? name, HubOptions options)
    {
        var faults = new List<string>();
        faults.AddRange(FaultsEverywhere(options));
        if (!environment.IsDevelopment())
        {
            faults.AddRange(MissingOutsideDevelopment(options));
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> FaultsEverywhere(HubOptions options)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _))
        {
            yield return $"Hub:TimeZone '{options.TimeZone}' is unknown on this machine; give an IANA id such as Europe/Kyiv.";
        }

        if (options.PublicUrl is { } url && !IsOrigin(url))
        {
            yield return $"Hub:PublicUrl '{url}' must be an http(s) address without a path, such as https://hub.example.com.";
        }

        if (options.DrainSeconds is < 0 or > HubOptions.LongestDrain)
        {
            yield return $"Hub:DrainSeconds '{options.DrainSeconds}' must be from 0 to {HubOptions.LongestDrain}.";
        }

        if (options.WorkDelaySeconds is < 0 or > HubOptions.LongestWorkDelay)
        {
            yield return $"Hub:WorkDelaySeconds '{options.WorkDelaySeconds}' must be from 0 to {HubOptions.LongestWorkDelay}.";
        }

        if (options.CircuitsKept < 0)
        {
            yield return $"Hub:CircuitsKept '{options.CircuitsKept}' must not be below 0.";
        }

        foreach (var proxy in options.TrustedProxies.Where(proxy => !IsAddressOrNetwork(proxy)))
        {
            yield return $"Hub:TrustedProxies '{proxy}' is neither an IP address nor a network such as 10.0.0.0/8.";
        }
    }

    private IEnumerable<string> MissingOutsideDevelopment(HubOptions options)
    {
        if (options.PublicUrl is null)
        {
            yield return "Hub:PublicUrl is not set: the address people open, such as https://hub.example.com.";
        }

        if (options.PublicUrl is { Scheme: "http" } plain)
        {
            yield return $"Hub:PublicUrl '{plain}' must begin with https: outside Development cookies travel encrypted alone.";
        }

        var hosts = configuration["AllowedHosts"];
        if (string.IsNullOrWhiteSpace(hosts) || hosts.Split(';').Any(host => host.Trim() == "*"))
        {
            yield return "AllowedHosts is not set: the host names this portal answers to, separated by ';' ('*' is refused).";
        }

        if (string.IsNullOrWhiteSpace(configuration.GetConnectionString("Hub")))
        {
            yield return "ConnectionStrings:Hub is not set: the PostgreSQL database of the portal.";
        }

        var keys = configuration.GetSection(DataProtectionSettings.Section).Get<DataProtectionSettings>() ?? new();
        if (string.IsNullOrEmpty(keys.Certificate) && !keys.Unprotected)
        {
            yield return "DataProtection:Certificate is not set: the PKCS #12 file that encrypts the keys of cookies and links. "
                + "Where the database is encrypted by other means, set DataProtection:Unprotected to true instead.";
        }
    }

    private static bool IsOrigin(Uri url) =>
        url.IsAbsoluteUri && url.Scheme is "http" or "https" && url.PathAndQuery == "/" && url.Fragment.Length == 0;

    private static bool IsAddressOrNetwork(string value) =>
        IPAddress.TryParse(value, out _) || System.Net.IPNetwork.TryParse(value, out _);
}
