using ProPartHub.Domain.People.Verification;

namespace ProPartHub.Web.Components.Verification;

/// <summary>What a reviewer does.</summary>
public enum VerificationAct
{
    Approve,
    More,
    Reject,
    Revoke,
}

/// <summary>A decision about a request as a reviewer enters it.</summary>
/// <param name="Request">The request.</param>
/// <param name="Act">What shall become of it.</param>
/// <param name="Percent">Commission, where it was typed and is a number.</param>
/// <param name="Words">Words to the agent.</param>
public sealed record VerificationDecision(RequestItem Request, VerificationAct Act, decimal? Percent, string Words);
