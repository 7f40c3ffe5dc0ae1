using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>
/// Makes and reads the tokens of links that confirm a mail address. Like <see cref="AccountLinks"/> a token needs no
/// table: it holds account, address and the account's security stamp, which confirming replaces.
/// </summary>
public sealed class AddressLinks(IDataProtectionProvider protection, TimeProvider time)
{
    private readonly IDataProtector _protector = protection.CreateProtector("ProPartHub.AddressLinks.v1");

    internal string For(HubUser user, string address) =>
        _protector.Protect(
            JsonSerializer.Serialize(
                new AddressLink(user.Id, user.SecurityStamp!, address, time.GetUtcNow() + AccountLinks.Lifetime)
            )
        );

    /// <summary>Reads a token; null when it is forged, damaged or expired.</summary>
    internal AddressLink? Read(string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            return null;
        }

        try
        {
            var link = JsonSerializer.Deserialize<AddressLink>(_protector.Unprotect(token));
            return link?.ExpiresAt > time.GetUtcNow() ? link : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>What a link confirms.</summary>
internal sealed record AddressLink(Guid UserId, string Stamp, string Address, DateTimeOffset ExpiresAt);
