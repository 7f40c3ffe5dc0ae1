using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People.SecondFactors;
using ProPartHub.Domain.People.Sessions;

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
    FactorCodes codes,
    ILookupNormalizer normalizer,
    IOptions<AccountOptions> options,
    TimeProvider time
)
{
    /// <summary>Tries a log-in and records it, whichever way it goes.</summary>
    /// <param name="typedName">User name or mail address as typed; upper and lower case are the same.</param>
    /// <param name="password">The password as typed.</param>
    /// <param name="address">Network address of the caller.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What comes next; every kind of refusal looks alike.</returns>
    public async Task<LogInResult> TryAsync(
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
                var refusal = LogInRefusal.Of(user, isRight && user?.SecurityStamp == known?.SecurityStamp, now);
                if (refusal is not null)
                {
                    LogInRefusal.Record(db, user, name, address, refusal, now);
                    return LogInResult.Refused;
                }

                user!.PasswordHash = renewed ?? user.PasswordHash;
                var step = await StepAfterPasswordAsync(db, user, token);

                // Failures go on counting until the code is right too: a stolen password must not buy new guesses.
                return step is LogInStep.Done
                    ? Admit(db, user, SessionMethod.Password, address)
                    : new LogInResult(step, user);
            },
            cancellationToken
        );
    }

    /// <summary>The second step: a code of the authenticator app, or a recovery code.</summary>
    /// <param name="userId">Whose password was right.</param>
    /// <param name="stamp">The account's security stamp at that moment.</param>
    /// <param name="code">The code as typed.</param>
    /// <param name="address">Network address of the caller.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What comes next. A wrong code counts towards the lock of the account as a wrong password does.</returns>
    public Task<LogInResult> TryCodeAsync(
        Guid userId,
        string stamp,
        string code,
        string? address,
        CancellationToken cancellationToken
    ) =>
        ContinueAsync(
            userId,
            stamp,
            address,
            async (db, user, token) =>
            {
                var app = await db.AuthenticatorApps.SingleOrDefaultAsync(row => row.UserId == userId, token);
                var taken = app?.ConfirmedAt is null ? FactorCode.Wrong : await codes.TakeAsync(db, app, code, token);
                if (taken is FactorCode.Wrong)
                {
                    LogInRefusal.Record(db, user, user.UserName!, address, LogInRefusal.WrongCode, time.GetUtcNow());
                    return LogInResult.Refused;
                }

                var method =
                    taken is FactorCode.App ? SessionMethod.PasswordAndCode : SessionMethod.PasswordAndRecoveryCode;
                return user.MustChangePassword
                    ? new LogInResult(LogInStep.NewPasswordNeeded, user)
                    : Admit(db, user, method, address);
            },
            cancellationToken
        );

    /// <summary>The second step of whoever had to set up an authenticator app first and has just done so.</summary>
    /// <inheritdoc cref="TryCodeAsync"/>
    public Task<LogInResult> FinishSetUpAsync(
        Guid userId,
        string stamp,
        string? address,
        CancellationToken cancellationToken
    ) =>
        ContinueAsync(
            userId,
            stamp,
            address,
            async (db, user, token) =>
                await db.AuthenticatorApps.AnyAsync(row => row.UserId == userId && row.ConfirmedAt != null, token)
                    ? Admit(db, user, SessionMethod.PasswordAndCode, address)
                    : LogInResult.Refused,
            cancellationToken
        );

    /// <summary>
    /// Lets in whoever proved who they are otherwise: by a passkey or at the office's identity provider. A lock and a
    /// switched-off account hold for them too.
    /// </summary>
    public Task<LogInResult> AdmitAsync(
        Guid userId,
        SessionMethod method,
        string? address,
        CancellationToken cancellationToken
    ) =>
        ContinueAsync(
            userId,
            stamp: null,
            address,
            (db, user, _) => Task.FromResult(Admit(db, user, method, address)),
            cancellationToken
        );

    private async Task<LogInStep> StepAfterPasswordAsync(HubDbContext db, HubUser user, CancellationToken ct)
    {
        if (await db.AuthenticatorApps.AnyAsync(app => app.UserId == user.Id && app.ConfirmedAt != null, ct))
        {
            return LogInStep.CodeNeeded;
        }

        return user.MustChangePassword ? LogInStep.NewPasswordNeeded
            : HasDuty(user.Role) ? LogInStep.SetUpNeeded
            : LogInStep.Done;
    }

    private bool HasDuty(Role role) =>
        options.Value.SecondFactorFor switch
        {
            SecondFactorDuty.Everybody => true,
            SecondFactorDuty.ManagersAndAdmins => role is not Role.Agent,
            SecondFactorDuty.Admins => role is Role.Admin,
            _ => false,
        };

    private Task<LogInResult> ContinueAsync(
        Guid userId,
        string? stamp,
        string? address,
        Func<HubDbContext, HubUser, CancellationToken, Task<LogInResult>> go,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var user = await db.Users.LockAsync(userId, token);
                var now = time.GetUtcNow();
                var refusal =
                    LogInRefusal.OfAccount(user, now)
                    ?? (stamp is not null && user!.SecurityStamp != stamp ? "account changed meanwhile" : null);
                if (refusal is null)
                {
                    return await go(db, user!, token);
                }

                LogInRefusal.Record(db, user, user?.UserName ?? "", address, refusal, now);
                return LogInResult.Refused;
            },
            cancellationToken
        );

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

    private LogInResult Admit(HubDbContext db, HubUser user, SessionMethod method, string? address)
    {
        Lockout.Clear(user);
        user.LastLoginAt = time.GetUtcNow();
        db.SecurityEvents.Add(
            SecurityLog.Entry(
                SecurityEventKind.LoggedIn,
                user.ToActor(address),
                time,
                user.Id,
                ("by", method.ToString())
            )
        );
        return new LogInResult(LogInStep.Done, user, method);
    }
}
