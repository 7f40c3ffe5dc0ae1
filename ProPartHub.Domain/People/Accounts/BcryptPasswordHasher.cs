using System.Security.Cryptography;
using System.Text;
using BCrypt.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Bcrypt = BCrypt.Net.BCrypt;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>
/// Hashes passwords with bcrypt over the Base64 of their SHA-384, marked <c>$pp1$</c>. bcrypt reads 72 bytes at most,
/// which is 36 Cyrillic letters; the pre-hash makes every letter count and leaves 64 bytes without a zero among them.
/// Hashes of the former portal, plain bcrypt and Werkzeug's, are verified as they are and renewed at that log-in.
/// </summary>
public sealed class BcryptPasswordHasher(IOptions<AccountOptions> options) : IPasswordHasher<HubUser>
{
    /// <summary>Stands before a bcrypt hash over a pre-hashed password.</summary>
    public const string Mark = "$pp1$";

    private const int PlainLength = 60;

    private static readonly string[] PlainMarks = ["$2a$", "$2b$", "$2x$", "$2y$"];

    private int Cost => options.Value.BcryptCost;

    /// <inheritdoc/>
    public string HashPassword(HubUser user, string password) => Mark + Bcrypt.HashPassword(PreHash(password), Cost);

    /// <inheritdoc/>
    public PasswordVerificationResult VerifyHashedPassword(
        HubUser user,
        string hashedPassword,
        string providedPassword
    ) =>
        hashedPassword.StartsWith(Mark, StringComparison.Ordinal)
            ? Verify(PreHash(providedPassword), hashedPassword[Mark.Length..], isPlain: false)
        : PlainMarks.Any(mark => hashedPassword.StartsWith(mark, StringComparison.Ordinal))
            ? Verify(providedPassword, hashedPassword, isPlain: true)
        : WerkzeugHash.Is(hashedPassword) && WerkzeugHash.Verify(providedPassword, hashedPassword)
            ? PasswordVerificationResult.SuccessRehashNeeded
        : PasswordVerificationResult.Failed;

    /// <summary>Whether a stored hash is one of plain bcrypt, as the former portal made them.</summary>
    internal static bool IsPlain(string hash) =>
        hash.Length == PlainLength && PlainMarks.Any(mark => hash.StartsWith(mark, StringComparison.Ordinal));

    private static string PreHash(string password) =>
        Convert.ToBase64String(SHA384.HashData(Encoding.UTF8.GetBytes(password)));

    private PasswordVerificationResult Verify(string password, string hash, bool isPlain)
    {
        try
        {
            return !Bcrypt.Verify(password, hash) ? PasswordVerificationResult.Failed
                : isPlain || CostOf(hash) != Cost ? PasswordVerificationResult.SuccessRehashNeeded
                : PasswordVerificationResult.Success;
        }
        // A damaged hash opens nothing; the log-in is recorded as refused like any other.
        catch (Exception exception) when (exception is SaltParseException or ArgumentException or FormatException)
        {
            return PasswordVerificationResult.Failed;
        }
    }

    private static int CostOf(string hash) => int.Parse(hash.AsSpan(4, 2), provider: null);
}
