using System.Net.Sockets;

namespace ProPartHub.Web.Account;

internal static class ClientAddresses
{
    // An IPv6 customer gets at least a /64: single addresses within it are free to take, so limits count the network.
    private const int NetworkBytes = 8;

    /// <summary>The caller's address; behind trusted proxies the one they report.</summary>
    public static string? ClientAddress(this HttpContext? context) =>
        context?.Connection.RemoteIpAddress is not { } address ? null
        : address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString()
        : address.ToString();

    /// <summary>The key under which limits count the caller.</summary>
    public static string LimitKey(this HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        return address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes))
            : context.ClientAddress() ?? "unknown";
    }
}
