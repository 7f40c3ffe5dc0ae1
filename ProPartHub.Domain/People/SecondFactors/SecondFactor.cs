using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People.Accounts;

namespace ProPartHub.Domain.People.SecondFactors;

/// <summary>How an account is guarded beside its password.</summary>
/// <param name="AppSince">Since when codes of an app are asked for (UTC); null where they are not.</param>
/// <param name="RecoveryCodesLeft">Recovery codes not used yet.</param>
public sealed record SecondFactorState(DateTimeOffset? AppSince, int RecoveryCodesLeft);

/// <summary>What an authenticator app has to be told.</summary>
/// <param name="Secret">The secret in Base32, to be typed where no picture can be taken.</param>
/// <param name="Address">The same as an <c>otpauth</c> address, for the picture.</param>
public sealed record AuthenticatorOffer(string Secret, string Address);

/// <summary>People's own second factor: an authenticator app with recovery codes. Actors act on themselves.</summary>
public sealed class SecondFactor(HubDatabase database, FactorCodes codes, TimeProvider time)
{
    private const string Issuer = "ProPart Hub";

    /// <summary>How the account is guarded.</summary>
    public async Task<SecondFactorState> StateAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return new(
            await db
                .AuthenticatorApps.Where(app => app.UserId == userId)
                .Select(app => app.ConfirmedAt)
                .SingleOrDefaultAsync(cancellationToken),
            await db.RecoveryCodes.CountAsync(code => code.UserId == userId, cancellationToken)
        );
    }

    /// <summary>What the app has to be told; the same until it is confirmed.</summary>
    /// <returns>Null where an app guards the account already, or there is no such account.</returns>
    public Task<AuthenticatorOffer?> OfferAsync(Guid userId, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                if (
                    await db.Users.LockAsync(userId, token) is not { } user
                    || await FindAsync(db, userId, token) is { ConfirmedAt: not null }
                )
                {
                    return null;
                }

                var app = await FindAsync(db, userId, token);
                if (app is null)
                {
                    app = new() { UserId = userId, ProtectedSecret = codes.NewSecret() };
                    db.AuthenticatorApps.Add(app);
                }

                var secret = codes.Show(app.ProtectedSecret);
                var label = Uri.EscapeDataString($"{Issuer}:{user.UserName}");
                return new AuthenticatorOffer(
                    secret,
                    $"otpauth://totp/{label}?secret={secret}&issuer={Uri.EscapeDataString(Issuer)}"
                );
            },
            cancellationToken
        );

    /// <summary>Proves that the app works: from now on its codes are asked for.</summary>
    /// <param name="userId">Whose app; somebody logged in, or about to be.</param>
    /// <param name="code">A code of the app as typed.</param>
    /// <param name="address">Network address of the caller.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Recovery codes, to be shown once; null where the code is wrong.</returns>
    public Task<IReadOnlyList<string>?> ConfirmAsync(
        Guid userId,
        string code,
        string? address,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync<IReadOnlyList<string>?>(
            async (db, token) =>
            {
                if (
                    await db.Users.LockAsync(userId, token) is not { } user
                    || await FindAsync(db, userId, token) is not { ConfirmedAt: null } app
                    || !codes.TakeOfApp(app, code)
                )
                {
                    return null;
                }

                app.ConfirmedAt = time.GetUtcNow();
                Record(db, user.ToActor(address), SecurityEventKind.SecondFactorOn);
                return await FactorCodes.NewRecoveryCodesAsync(db, userId, token);
            },
            cancellationToken
        );

    /// <summary>Makes new recovery codes; the old ones open nothing any more.</summary>
    /// <returns>The codes, to be shown once; null where the code of the app is wrong.</returns>
    public Task<IReadOnlyList<string>?> RenewCodesAsync(
        Actor actor,
        string code,
        CancellationToken cancellationToken
    ) =>
        WithCodeAsync(
            actor,
            code,
            async (db, _, token) =>
            {
                Record(db, actor, SecurityEventKind.RecoveryCodesMade);
                return await FactorCodes.NewRecoveryCodesAsync(db, actor.UserId, token);
            },
            cancellationToken
        );

    /// <summary>Stops asking for codes. It takes a code, so that an unlocked screen alone is not enough.</summary>
    /// <returns>False where the code is wrong.</returns>
    public async Task<bool> TurnOffAsync(Actor actor, string code, CancellationToken cancellationToken) =>
        await WithCodeAsync(
            actor,
            code,
            async (db, app, token) =>
            {
                Record(db, actor, SecurityEventKind.SecondFactorOff);
                await RemoveAsync(db, app.UserId, token);
                return app;
            },
            cancellationToken
        )
            is not null;

    /// <summary>Takes app and codes away, inside the caller's transaction.</summary>
    internal static async Task RemoveAsync(HubDbContext db, Guid userId, CancellationToken cancellationToken)
    {
        await db.RecoveryCodes.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.AuthenticatorApps.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
    }

    private static Task<AuthenticatorApp?> FindAsync(HubDbContext db, Guid userId, CancellationToken ct) =>
        db.AuthenticatorApps.SingleOrDefaultAsync(app => app.UserId == userId, ct);

    // Wrong codes count towards the lock of the account as at the log-in.
    private Task<T?> WithCodeAsync<T>(
        Actor actor,
        string code,
        Func<HubDbContext, AuthenticatorApp, CancellationToken, Task<T>> act,
        CancellationToken cancellationToken
    )
        where T : class =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var now = time.GetUtcNow();
                var user = await db.Users.LockAsync(actor.UserId, token);
                var app = await FindAsync(db, actor.UserId, token);
                if (user is null || app?.ConfirmedAt is null || Lockout.IsLocked(user, now))
                {
                    return null;
                }

                if (await codes.TakeAsync(db, app, code, token) is FactorCode.Wrong)
                {
                    if (Lockout.CountFailure(user, now))
                    {
                        db.SecurityEvents.Add(SecurityLog.Entry(SecurityEventKind.LockedOut, actor, time, user.Id));
                    }

                    return null;
                }

                return (T?)await act(db, app, token);
            },
            cancellationToken
        );

    private void Record(HubDbContext db, Actor actor, SecurityEventKind kind) =>
        db.SecurityEvents.Add(SecurityLog.Entry(kind, actor, time, actor.UserId));
}
