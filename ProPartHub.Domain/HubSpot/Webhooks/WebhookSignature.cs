using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ProPartHub.Domain.HubSpot.Webhooks;

/// <summary>What came of checking a webhook's signature.</summary>
public enum WebhookSignatureVerdict
{
    /// <summary>HubSpot sent it, lately.</summary>
    Valid,

    /// <summary>A header is missing, or the time is no number.</summary>
    Malformed,

    /// <summary>Older than five minutes: perhaps a recording played again.</summary>
    Expired,

    /// <summary>From more than a minute ahead of this machine's clock.</summary>
    FromFuture,

    /// <summary>The signature is not that of these bytes for this address and secret.</summary>
    Forged,
}

/// <summary>
/// Checks HubSpot's request signature, version 3 alone: the older ones hold no time and could be played again.
/// Source of the rule: HubSpot's "Validating requests" page and its official clients.
/// </summary>
public static class WebhookSignature
{
    /// <summary>Name of the header with the signature.</summary>
    public const string SignatureHeader = "X-HubSpot-Signature-v3";

    /// <summary>Name of the header with the time of sending, in epoch milliseconds.</summary>
    public const string TimestampHeader = "X-HubSpot-Request-Timestamp";

    private const long OldestMilliseconds = 300_000;
    private const long FurthestAheadMilliseconds = 60_000;

    /// <summary>Checks a request.</summary>
    /// <param name="secret">The app's client secret.</param>
    /// <param name="method">HTTP method, in upper case.</param>
    /// <param name="configuredUri">
    /// The address exactly as entered in HubSpot; not one rebuilt from headers, which the sender controls.
    /// </param>
    /// <param name="body">The body's bytes as they arrived.</param>
    /// <param name="timestampHeader">Value of <see cref="TimestampHeader"/>, or null.</param>
    /// <param name="signatureHeader">Value of <see cref="SignatureHeader"/>, or null.</param>
    /// <param name="now">The present time.</param>
    /// <exception cref="ArgumentException">The secret is blank: anybody could sign with it.</exception>
    public static WebhookSignatureVerdict Verify(
        string secret,
        string method,
        string configuredUri,
        ReadOnlySpan<byte> body,
        string? timestampHeader,
        string? signatureHeader,
        DateTimeOffset now
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);
        if (
            string.IsNullOrEmpty(signatureHeader)
            || !long.TryParse(timestampHeader, NumberStyles.None, CultureInfo.InvariantCulture, out var sentAt)
        )
        {
            return WebhookSignatureVerdict.Malformed;
        }

        // Time first: it costs nothing, and a stale request deserves no hashing of its body.
        var age = now.ToUnixTimeMilliseconds() - sentAt;
        if (age > OldestMilliseconds)
        {
            return WebhookSignatureVerdict.Expired;
        }

        if (age < -FurthestAheadMilliseconds)
        {
            return WebhookSignatureVerdict.FromFuture;
        }

        var expected = Compute(secret, method, configuredUri, body, timestampHeader);
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(expected),
            Encoding.UTF8.GetBytes(signatureHeader)
        )
            ? WebhookSignatureVerdict.Valid
            : WebhookSignatureVerdict.Forged;
    }

    /// <summary>The signature of a request: Base64 of HMAC-SHA256 over method, address, body and time, nothing between.</summary>
    internal static string Compute(string secret, string method, string uri, ReadOnlySpan<byte> body, string timestamp)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes(method + Decode(uri)));
        hash.AppendData(body);
        hash.AppendData(Encoding.UTF8.GetBytes(timestamp));
        return Convert.ToBase64String(hash.GetHashAndReset());
    }

    // HubSpot signs the address with these escapes resolved and all others (%20, %25, …) as they are. One pass, so that
    // "%253A" does not become ":" by being resolved twice.
    private static string Decode(string uri)
    {
        var decoded = new StringBuilder(uri.Length);
        for (var i = 0; i < uri.Length; i++)
        {
            if (uri[i] == '%' && i + 2 < uri.Length && Resolve(uri.AsSpan(i + 1, 2)) is { } character)
            {
                decoded.Append(character);
                i += 2;
            }
            else
            {
                decoded.Append(uri[i]);
            }
        }

        return decoded.ToString();
    }

    private static char? Resolve(ReadOnlySpan<char> escape)
    {
        const string resolved = ":/?@!$'()*,;";
        return
            byte.TryParse(escape, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            && resolved.Contains((char)code)
            ? (char)code
            : null;
    }
}
