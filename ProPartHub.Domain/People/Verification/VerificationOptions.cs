using System.ComponentModel.DataAnnotations;

namespace ProPartHub.Domain.People.Verification;

/// <summary>Verification of agents (section <c>Verification</c>).</summary>
public sealed class VerificationOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Verification";

    /// <summary>Leads of their own that agents may register before they are verified; 0: none until then.</summary>
    [Range(0, 1000)]
    public int LeadsBefore { get; set; } = 5;
}
