using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People.Sessions;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>What a link that confirms a mail address opens.</summary>
/// <param name="Address">The address.</param>
/// <param name="IsRegistration">True when it opens a new account, false when it changes the address of one.</param>
public sealed record AddressOffer(string Address, bool IsRegistration);

/// <summary>What stands behind a link that confirms a mail address: a new account opens, or an account gets the address.</summary>
public sealed class AddressConfirmation(
    HubDatabase database,
    AddressLinks links,
    ILookupNormalizer normalizer,
    TimeProvider time
)
{
    /// <summary>What a link confirms; null when it is used, expired, superseded or forged.</summary>
    public async Task<AddressOffer?> OpenAsync(string? token, CancellationToken cancellationToken)
    {
        if (links.Read(token) is not { } link)
        {
            return null;
        }

        await using var db = await database.ReadAsync(cancellationToken);
        var user = await db.Users.SingleOrDefaultAsync(row => row.Id == link.UserId, cancellationToken);
        return IsFor(link, user) ? new(link.Address, !user!.EmailConfirmed) : null;
    }

    /// <summary>
    /// Confirms the address and so uses the link up. Every link made before dies with it, above all those that went to the
    /// former address, and every other session ends.
    /// </summary>
    /// <param name="token">The token of the link.</param>
    /// <param name="address">Network address of the caller.</param>
    /// <param name="present">The present session, if it is this person's; it goes on once its cookie is issued anew.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The account; null when the link is dead or the address has been taken by another account meanwhile.</returns>
    public Task<HubUser?> CompleteAsync(
        string? token,
        string? address,
        Guid? present,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync(
            async (db, stop) =>
            {
                if (links.Read(token) is not { } link)
                {
                    return null;
                }

                await db.LockCreationAsync(stop);
                var user = await db.Users.LockAsync(link.UserId, stop);
                if (!IsFor(link, user) || await IsTakenAsync(db, link, stop))
                {
                    return null;
                }

                var actor = user!.ToActor(address);
                db.SecurityEvents.Add(SecurityLog.Entry(SecurityEventKind.AddressConfirmed, actor, time, user.Id));
                if (user.Email != link.Address)
                {
                    db.SecurityEvents.Add(
                        SecurityLog.Setting(actor, time, user.Id, "mail address", user.Email, link.Address)
                    );
                    (user.Email, user.NormalizedEmail) = (link.Address, normalizer.NormalizeEmail(link.Address));
                }

                user.EmailConfirmed = true;
                await db.EndSessionsAsync(user, time.GetUtcNow(), present, stop);
                return user;
            },
            cancellationToken
        );

    private static bool IsFor(AddressLink link, HubUser? user) =>
        user is { IsActive: true } && user.SecurityStamp == link.Stamp;

    private Task<bool> IsTakenAsync(HubDbContext db, AddressLink link, CancellationToken cancellationToken)
    {
        var key = normalizer.NormalizeEmail(link.Address);
        return db.Users.AnyAsync(other => other.Id != link.UserId && other.NormalizedEmail == key, cancellationToken);
    }
}
