using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Account;

/// <summary>
/// The address of this portal for links that leave it. From the settings, never from a request: whoever sends a forged
/// host name must not get links made to it.
/// </summary>
internal sealed class PortalAddress(IServer server, IOptions<HubOptions> options)
{
    /// <summary>The portal itself, without a slash at the end.</summary>
    public string Value =>
        (
            options.Value.PublicUrl?.ToString()
            ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? string.Empty
        ).TrimEnd('/');

    /// <summary>The full address of a one-time link.</summary>
    public static string Link(string portal, string path, string token) =>
        $"{portal.TrimEnd('/')}{path}?token={Uri.EscapeDataString(token)}";
}
