using ProPartHub.Domain.People.Sessions;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>What a log-in leads to.</summary>
public enum LogInStep
{
    /// <summary>Nowhere; why is only in the security events.</summary>
    Refused,

    /// <summary>In.</summary>
    Done,

    /// <summary>The password was right; a code of the authenticator app is asked for.</summary>
    CodeNeeded,

    /// <summary>The password was right; the account must not be used before it has a second factor.</summary>
    SetUpNeeded,

    /// <summary>Everything was right, but an admin demanded a new password.</summary>
    NewPasswordNeeded,
}

/// <summary>What a try to log in leads to.</summary>
/// <param name="Step">What comes next.</param>
/// <param name="User">The account; null for a refusal.</param>
/// <param name="Method">How the person proved who they are, once they are in.</param>
public sealed record LogInResult(LogInStep Step, HubUser? User = null, SessionMethod Method = SessionMethod.Password)
{
    /// <summary>Every kind of refusal.</summary>
    public static LogInResult Refused { get; } = new(LogInStep.Refused);
}
