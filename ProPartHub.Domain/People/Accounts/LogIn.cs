using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>
/// Decides whether a name and a password open an account. Wrong password, unknown, locked and switched-off account
/// look alike from outside: the same answer after about the same work; why is only in the <see cref="SecurityEvent"/>.
/// </summary>
/// <remarks>
/// Written against the row itself and not Identity's <c>AccessFailedAsync</c>: failures arriving together would there
/// overwrite each other's count and lock the account late, and the count could be kept while the record of it is lost.
/// </remarks>
public sealed class LogIn(
    HubDatabase database,
    PasswordCheck passwords,
    ILookupNormalizer normalizer,
    TimeProvider time
)
{
    private const string WrongPassword = "wrong password";

    /// <summary>Tries a log-in and records it, whichever way it goes.</summary>
    /// <param name="typedName">User name or mail address as typed; upper and lower case are the same.</param>
    /// <param name="password">The password as typed.</param>
    /// <param name="address">Network address of the caller.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The account now logged in to, or null for every kind of refusal.</returns>
    public async Task<HubUser?> TryAsync(
        string typedName,
        string password,
        string? address,
        CancellationToken cancellationToken
    )
    {
        var name = AccountName.Clean(typedName);
        var known = await FindAsync(name, cancellationToken);
        var (isRight, renewed) = await passwords.VerifyAsync(known, password, cancellationToken);
        return await database.InTransactionAsync(
            async (db, token) =>
            {
                var user = known is null ? null : await db.Users.LockAsync(known.Id, token);
                var now = time.GetUtcNow();
                // The password may have been changed since it was compared; then the old one opens nothing.
                var refusal = Refusal(user, isRight && user?.SecurityStamp == known?.SecurityStamp, now);
                if (refusal is not null)
                {
                    Refuse(db, user, name, address, refusal, now);
                    return null;
                }

                Admit(db, user!, renewed, address);
                return user;
            },
            cancellationToken
        );
    }

    private async Task<HubUser?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        if (AccountName.IsMail(name))
        {
            var mail = normalizer.NormalizeEmail(name);
            return await db.Users.FirstOrDefaultAsync(user => user.NormalizedEmail == mail, cancellationToken);
        }

        var key = normalizer.NormalizeName(name);
        return await db.Users.FirstOrDefaultAsync(user => user.NormalizedUserName == key, cancellationToken);
    }

    private static string? Refusal(HubUser? user, bool isRight, DateTimeOffset now) =>
        user switch
        {
            null => "unknown account",
            { IsActive: false } => "account switched off",
            { PasswordHash: null } => "account without password",
            _ when Lockout.IsLocked(user, now) => "account locked",
            _ when !isRight => WrongPassword,
            { EmailConfirmed: false } => "mail address not confirmed",
            _ => null,
        };

    private static void Refuse(
        HubDbContext db,
        HubUser? user,
        string name,
        string? address,
        string reason,
        DateTimeOffset now
    )
    {
        SecurityEvent Event(SecurityEventKind kind) =>
            new()
            {
                OccurredAt = now,
                Kind = kind,
                UserId = user?.Id,
                ActorName = name,
                Address = address,
                Details = new Dictionary<string, string?> { ["reason"] = reason },
            };

        db.SecurityEvents.Add(Event(SecurityEventKind.LogInFailed));
        // Tries against an account that is closed anyway neither prolong the closing nor count towards the next one.
        if (reason == WrongPassword && Lockout.CountFailure(user!, now))
        {
            db.SecurityEvents.Add(Event(SecurityEventKind.LockedOut));
        }
    }

    private void Admit(HubDbContext db, HubUser user, string? renewed, string? address)
    {
        Lockout.Clear(user);
        user.LastLoginAt = time.GetUtcNow();
        user.PasswordHash = renewed ?? user.PasswordHash;
        db.SecurityEvents.Add(SecurityLog.Entry(SecurityEventKind.LoggedIn, user.ToActor(address), time, user.Id));
    }
}
