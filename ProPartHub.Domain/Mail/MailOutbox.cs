using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Mail;

/// <summary>Writes mails into the transaction of the act that causes them.</summary>
public sealed class MailOutbox(IDataProtectionProvider protection, IMailTransport transport, TimeProvider time)
{
    // A stranger who types somebody's address again and again fills no mailbox with it.
    private const int MostInAWhile = 3;
    private static readonly TimeSpan While = TimeSpan.FromHours(1);

    private readonly IDataProtector _protector = protection.CreateProtector("ProPartHub.Mails.v1");

    /// <summary>Whether mails leave this portal; without, adding one does nothing.</summary>
    public bool IsOpen => transport.IsReady;

    /// <summary>A mail to the address of an account.</summary>
    internal void Add(HubDbContext db, MailKind kind, HubUser to, MailFacts facts) =>
        Add(db, kind, to.Email!, to.Culture, facts, to.Id);

    /// <summary>A mail to any address.</summary>
    internal void Add(HubDbContext db, MailKind kind, string address, string culture, MailFacts facts, Guid? userId)
    {
        if (!IsOpen)
        {
            return;
        }

        var now = time.GetUtcNow();
        db.Mails.Add(
            new OutgoingMail
            {
                Kind = kind,
                UserId = userId,
                Address = address,
                AddressKey = address.ToUpperInvariant(),
                Culture = culture,
                Facts = _protector.Protect(JsonSerializer.Serialize(facts)),
                CreatedAt = now,
                NextTryAt = now,
            }
        );
    }

    /// <summary>Whether so many mails went to an address of late that what strangers ask for has to wait.</summary>
    internal async Task<bool> IsFullAsync(HubDbContext db, string address, CancellationToken cancellationToken)
    {
        var (key, since) = (address.ToUpperInvariant(), time.GetUtcNow() - While);
        return await db.Mails.CountAsync(mail => mail.AddressKey == key && mail.CreatedAt > since, cancellationToken)
            >= MostInAWhile;
    }

    /// <summary>What a mail holds; null when it is gone or the keys that protected it are.</summary>
    internal MailFacts? Open(OutgoingMail mail)
    {
        try
        {
            return mail.Facts is null ? null : JsonSerializer.Deserialize<MailFacts>(_protector.Unprotect(mail.Facts));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
