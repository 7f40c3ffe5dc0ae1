using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace ProPartHub.Web.Hosting.Telemetry;

/// <summary>Who may see how the portal runs without signing in: whoever holds the token, and this machine itself.</summary>
internal sealed class MetricsToken(IOptions<TelemetryOptions> options)
{
    private const string Scheme = "Bearer ";

    private readonly byte[]? _expected = options.Value.MetricsToken is { Length: > 0 } token ? Digest(token) : null;

    /// <summary>Whether the request carries the token; false for all while none is set.</summary>
    public bool IsHeldBy(HttpContext context) =>
        _expected is not null
        && context.Request.Headers[HeaderNames.Authorization].ToString() is var given
        && given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        // Digests are of one length, and comparing them takes as long however much of the token was guessed.
        && CryptographicOperations.FixedTimeEquals(Digest(given[Scheme.Length..].Trim()), _expected);

    /// <summary>Whether the request may see details: it carries the token or comes from this machine.</summary>
    public bool MaySeeDetails(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) || IsHeldBy(context);

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
