using System.Security.Cryptography;
using System.Text;

namespace ProPartHub.HubSpotSandbox.Webhooks;

/// <summary>How HubSpot signs what it sends.</summary>
public static class WebhookSignature
{
    // The escapes HubSpot undoes before it signs, and no others: %20, %26, %3D and %25 stay.
    private static readonly (string Escape, string Character)[] Decoded =
    [
        ("%3A", ":"),
        ("%2F", "/"),
        ("%3F", "?"),
        ("%40", "@"),
        ("%21", "!"),
        ("%24", "$"),
        ("%27", "'"),
        ("%28", "("),
        ("%29", ")"),
        ("%2A", "*"),
        ("%2C", ","),
        ("%3B", ";"),
    ];

    /// <summary>Version 1: hexadecimal SHA-256 of secret and body. No time in it, so it can be replayed.</summary>
    public static string V1(string secret, string body) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret + body)));

    /// <summary>Version 3: Base64 of the HMAC-SHA256 of method, decoded address, body and timestamp.</summary>
    /// <param name="timestamp">Milliseconds since 1970, as text.</param>
    public static string V3(string secret, string method, string uri, string body, string timestamp)
    {
        var message = Encoding.UTF8.GetBytes($"{method}{Decode(uri)}{body}{timestamp}");
        return Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), message));
    }

    private static string Decode(string uri) =>
        Decoded.Aggregate(
            uri,
            (text, pair) => text.Replace(pair.Escape, pair.Character, StringComparison.OrdinalIgnoreCase)
        );
}
