using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Generators;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>
/// Password hashes of the former portal in the form of the Python library Werkzeug: <c>method$salt$hex</c> with PBKDF2
/// (<c>pbkdf2:sha256:260000</c>) or scrypt (<c>scrypt:32768:8:1</c>). They are only verified, never made.
/// </summary>
internal static class WerkzeugHash
{
    // What the library itself uses stays far below; a forged row must not keep a core busy for hours.
    private const int MostIterations = 5_000_000;
    private const int LargestCost = 1 << 20;

    /// <summary>Whether a stored hash is of this form.</summary>
    public static bool Is(string hash) =>
        hash.StartsWith("pbkdf2:", StringComparison.Ordinal) || hash.StartsWith("scrypt:", StringComparison.Ordinal);

    /// <summary>Whether the password is right; false for a damaged hash too.</summary>
    public static bool Verify(string password, string hash)
    {
        if (hash.Split('$') is not [var method, var salt, var hex] || hex.Length is 0 or > 256)
        {
            return false;
        }

        try
        {
            var expected = Convert.FromHexString(hex);
            var made = Make(method.Split(':'), password, Encoding.UTF8.GetBytes(salt), expected.Length);
            return made is not null && CryptographicOperations.FixedTimeEquals(made, expected);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return false;
        }
    }

    private static byte[]? Make(string[] method, string password, byte[] salt, int length) =>
        method switch
        {
            ["pbkdf2", "sha256", var count] when Number(count) is > 0 and <= MostIterations and var iterations =>
                Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, length),
            ["scrypt", var n, var r, var p]
                when Number(n) is > 1 and <= LargestCost and var cost
                    && Number(r) is > 0 and <= 32 and var block
                    && Number(p) is > 0 and <= 16 and var parallel => SCrypt.Generate(
                Encoding.UTF8.GetBytes(password),
                salt,
                cost,
                block,
                parallel,
                length
            ),
            _ => null,
        };

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
