using System.ComponentModel.DataAnnotations;

namespace ProPartHub.Domain.Audit;

/// <summary>How long the audit keeps content (section <c>Audit</c>).</summary>
public sealed class AuditOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Audit";

    /// <summary>Days after which names, addresses and values of an event are erased, while what was done and when stays; three years.</summary>
    [Range(1, 36_500)]
    public int KeepDays { get; set; } = 1095;

    /// <summary>The same for log-ins, log-outs, refusals and views, which say most about people's days; one year.</summary>
    [Range(1, 36_500)]
    public int KeepViewDays { get; set; } = 365;
}
