using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace ProPartHub.Web.Hosting;

internal static class ForwardedHeadersHosting
{
    /// <summary>
    /// Takes the caller's address and scheme from the reverse proxies named in <see cref="HubOptions.TrustedProxies"/>.
    /// The host name is not taken: the proxy passes <c>Host</c> on, and the allowed-hosts check guards it.
    /// </summary>
    public static void AddHubForwardedHeaders(this WebApplicationBuilder builder) =>
        builder
            .Services.AddOptions<ForwardedHeadersOptions>()
            .Configure<IOptions<HubOptions>>(
                (forwarded, hub) =>
                {
                    forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
                    foreach (var proxy in hub.Value.TrustedProxies)
                    {
                        if (IPAddress.TryParse(proxy, out var address))
                        {
                            forwarded.KnownProxies.Add(address);
                        }
                        else
                        {
                            forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
                        }
                    }
                }
            );
}
