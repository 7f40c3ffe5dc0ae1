using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>Why a log-in leads nowhere. The reason goes into the security events; the person is told none.</summary>
internal static class LogInRefusal
{
    public const string WrongPassword = "wrong password";
    public const string WrongCode = "wrong code";

    /// <summary>Why the account does not open, whatever is shown for it; null where it does.</summary>
    public static string? OfAccount(HubUser? user, DateTimeOffset now) =>
        user switch
        {
            null => "unknown account",
            { IsActive: false } => "account switched off",
            _ when Lockout.IsLocked(user, now) => "account locked",
            { EmailConfirmed: false } => "mail address not confirmed",
            _ => null,
        };

    /// <summary>Why a password does not open the account; null where it does.</summary>
    public static string? Of(HubUser? user, bool isRight, DateTimeOffset now) =>
        user switch
        {
            { IsActive: true, PasswordHash: null } => "account without password",
            // Who does not know the password learns nothing by its being counted.
            { IsActive: true } when !isRight && !Lockout.IsLocked(user, now) => WrongPassword,
            _ => OfAccount(user, now),
        };

    /// <summary>Writes the refusal down, and counts what was guessed wrong towards the lock.</summary>
    public static void Record(
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
        if (reason is WrongPassword or WrongCode && Lockout.CountFailure(user!, now))
        {
            db.SecurityEvents.Add(Event(SecurityEventKind.LockedOut));
        }
    }
}
