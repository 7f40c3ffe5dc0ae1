using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using OtpNet;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.People.SecondFactors;

/// <summary>What a code of a second factor was.</summary>
internal enum FactorCode
{
    Wrong,
    App,
    Recovery,
}

/// <summary>Makes and checks codes, inside transactions that hold the account's row.</summary>
public sealed class FactorCodes(IDataProtectionProvider protection, TimeProvider time)
{
    private const int SecretBytes = 20;
    private const int RecoveryBytes = 15;

    /// <summary>Recovery codes made at once.</summary>
    public const int RecoveryCodes = 10;

    private readonly IDataProtector _protector = protection.CreateProtector("ProPartHub.SecondFactor.v1");

    /// <summary>A new secret, encrypted for storing.</summary>
    internal string NewSecret() => Protect(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>A stored secret as an app takes it: Base32.</summary>
    internal string Show(string protectedSecret) => Base32Encoding.ToString(Unprotect(protectedSecret)).TrimEnd('=');

    /// <summary>
    /// Takes a code of the app, or one of the recovery codes. What was taken opens nothing again.
    /// </summary>
    internal async Task<FactorCode> TakeAsync(
        HubDbContext db,
        AuthenticatorApp app,
        string typed,
        CancellationToken cancellationToken
    )
    {
        var code = Clean(typed);
        if (code.Length == 6 && TakeOfApp(app, code))
        {
            return FactorCode.App;
        }

        var hash = HashOf(code);
        var used = await db
            .RecoveryCodes.Where(row => row.UserId == app.UserId && row.Hash == hash)
            .ExecuteDeleteAsync(cancellationToken);
        return used > 0 ? FactorCode.Recovery : FactorCode.Wrong;
    }

    /// <summary>Takes a code of the app alone; one step of clock difference either way is allowed.</summary>
    internal bool TakeOfApp(AuthenticatorApp app, string typed)
    {
        var isRight = new Totp(Unprotect(app.ProtectedSecret)).VerifyTotp(
            time.GetUtcNow().UtcDateTime,
            Clean(typed),
            out var step,
            new VerificationWindow(previous: 1, future: 1)
        );
        if (!isRight || step <= app.LastStep)
        {
            return false;
        }

        app.LastStep = step;
        return true;
    }

    /// <summary>Replaces the person's recovery codes; they are shown once and stored as hashes only.</summary>
    internal static async Task<IReadOnlyList<string>> NewRecoveryCodesAsync(
        HubDbContext db,
        Guid userId,
        CancellationToken cancellationToken
    )
    {
        await db.RecoveryCodes.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        List<string> codes =
        [
            .. Enumerable
                .Range(0, RecoveryCodes)
                .Select(_ => Base32Encoding.ToString(RandomNumberGenerator.GetBytes(RecoveryBytes)).ToLowerInvariant()),
        ];
        db.RecoveryCodes.AddRange(
            codes.Select(code => new RecoveryCode { UserId = userId, Hash = HashOf(Clean(code)) })
        );
        return [.. codes.Select(code => string.Join('-', code.Chunk(4).Select(part => new string(part))))];
    }

    // People type codes with blanks and dashes, in either case.
    private static string Clean(string typed) =>
        new([.. typed.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant).Take(64)]);

    private static byte[] HashOf(string code) => SHA256.HashData(Encoding.ASCII.GetBytes(code));

    private string Protect(byte[] secret) => Convert.ToBase64String(_protector.Protect(secret));

    private byte[] Unprotect(string secret) => _protector.Unprotect(Convert.FromBase64String(secret));
}
