namespace ProPartHub.Domain.People.Verification;

/// <summary>Tells this process that requests or verifications have changed; the rows are the truth.</summary>
public sealed class VerificationSignal
{
    /// <summary>Raised on the thread of whoever changed something.</summary>
    public event Action? Changed;

    internal void Tell() => Changed?.Invoke();
}
