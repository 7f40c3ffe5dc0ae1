using System.ComponentModel.DataAnnotations;

namespace ProPartHub.Domain.Privacy;

/// <summary>How long clients' data are kept (section <c>Privacy</c>).</summary>
public sealed class PrivacyOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Privacy";

    /// <summary>Days in the archive after which a lead's client is erased for good, which nothing brings back but a backup; 0 erases none.</summary>
    [Range(0, 36_500)]
    public int EraseArchivedAfterDays { get; set; }
}
