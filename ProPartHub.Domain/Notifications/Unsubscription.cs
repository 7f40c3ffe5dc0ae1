using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Settings;

namespace ProPartHub.Domain.Notifications;

/// <summary>What a link to unsubscribe ends.</summary>
/// <param name="UserId">Whose mails.</param>
/// <param name="Kind">Mails of this kind; null for the digest.</param>
public sealed record UnsubscriptionOffer(Guid UserId, NotificationKind? Kind);

/// <summary>
/// Links in mails that end mails of one kind, without a log-in (RFC 8058). A token holds whom and what, encrypted and signed
/// with the data-protection keys: it opens nothing else and cannot be made by anybody else.
/// </summary>
public sealed class Unsubscription(
    HubDatabase database,
    IDataProtectionProvider protection,
    IOptions<NotificationOptions> options,
    TimeProvider time
)
{
    private const string Digest = "digest";
    private readonly IDataProtector _protector = protection.CreateProtector("ProPartHub.Unsubscribe.v1");

    /// <summary>The token for a mail.</summary>
    /// <param name="userId">Whom the mail goes to.</param>
    /// <param name="kind">Its kind; null for the digest.</param>
    public string TokenFor(Guid userId, NotificationKind? kind) =>
        _protector.Protect($"{userId:N} {kind?.ToString() ?? Digest}");

    /// <summary>What a token ends; null for a forged one.</summary>
    public UnsubscriptionOffer? Open(string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            return null;
        }

        try
        {
            return
                _protector.Unprotect(token).Split(' ') is [var user, var what]
                && Guid.TryParseExact(user, "N", out var id)
                ? what == Digest
                    ? new UnsubscriptionOffer(id, null)
                    : Enum.TryParse<NotificationKind>(what, out var kind)
                        ? new UnsubscriptionOffer(id, kind)
                        : null
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Ends what the token says; again does no harm.</summary>
    /// <param name="token">The token of a mail.</param>
    /// <param name="address">Network address of who asks, for the record.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What was ended; null for a forged token or an account that is gone.</returns>
    public async Task<UnsubscriptionOffer?> EndAsync(
        string? token,
        string? address,
        CancellationToken cancellationToken
    )
    {
        if (Open(token) is not { } offer)
        {
            return null;
        }

        return await database.InTransactionAsync(
            async (db, stop) =>
            {
                var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == offer.UserId, stop);
                if (user is null)
                {
                    return null;
                }

                var key = NotificationPreferences.Key;
                var wishes = (await PersonSettings.ReadAsync(db, [user.Id], key, stop)).GetValueOrDefault(
                    user.Id,
                    key.Default
                );
                await NotificationSettings.WriteAsync(
                    db,
                    user.ToActor(address),
                    Without(wishes, offer.Kind),
                    options.Value.TimeZone,
                    time,
                    stop
                );
                return offer;
            },
            cancellationToken
        );
    }

    private static NotificationPreferences Without(NotificationPreferences wishes, NotificationKind? kind) =>
        kind is { } unwanted
            ? wishes with
            {
                Ways = new Dictionary<NotificationKind, NotificationWays>(wishes.Ways)
                {
                    [unwanted] = wishes.Of(unwanted) & ~NotificationWays.Mail,
                },
            }
            : wishes with
            {
                Digest = DigestRhythm.Off,
            };
}
