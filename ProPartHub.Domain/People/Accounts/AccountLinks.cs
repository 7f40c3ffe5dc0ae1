using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>
/// Makes and reads the tokens of one-time links to <c>/account/setup</c>. A token holds what it is good for and its
/// end, encrypted and authenticated with the hub's data-protection keys (256 bit), so that it can be neither guessed
/// nor changed and needs no table. What makes it one-time is the state it is bound to: no admin yet, or the
/// account's security stamp, which setting the password replaces.
/// </summary>
public sealed class AccountLinks(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>How long a link can be used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly IDataProtector _protector = protection.CreateProtector("ProPartHub.AdminLinks.v1");

    /// <summary>A token to make the first admin.</summary>
    public string ForFirstAdmin() => Protect(new(null, null, time.GetUtcNow() + Lifetime));

    /// <summary>
    /// A token to set the password of an account that exists, given by an admin or an operator: with the password it ends any
    /// lock.
    /// </summary>
    public string ForAccount(HubUser user) => Protect(For(user) with { EndsAnyLock = true });

    /// <summary>
    /// The same for people who asked for it themselves: it is dead while an admin's lock stands.
    /// </summary>
    public string ForOwner(HubUser user) => Protect(For(user));

    /// <summary>Reads a token; null when it is forged, damaged or expired.</summary>
    internal AccountLink? Read(string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            return null;
        }

        try
        {
            var link = JsonSerializer.Deserialize<AccountLink>(_protector.Unprotect(token));
            return link?.ExpiresAt > time.GetUtcNow() ? link : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private AccountLink For(HubUser user) => new(user.Id, user.SecurityStamp, time.GetUtcNow() + Lifetime);

    private string Protect(AccountLink link) => _protector.Protect(JsonSerializer.Serialize(link));
}

/// <summary>What a one-time link is good for.</summary>
/// <param name="UserId">The account to set the password of; null to make the first admin.</param>
/// <param name="Stamp">Security stamp of that account when the link was made.</param>
/// <param name="ExpiresAt">When it stops working (UTC).</param>
/// <param name="EndsAnyLock">Whether it opens the account in spite of an admin's lock.</param>
internal sealed record AccountLink(Guid? UserId, string? Stamp, DateTimeOffset ExpiresAt, bool EndsAnyLock = false);
