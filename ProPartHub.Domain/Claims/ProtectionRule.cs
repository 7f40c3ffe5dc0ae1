using ProPartHub.Domain.Agency;

namespace ProPartHub.Domain.Claims;

/// <summary>For how long the agent who registered a client first has the client alone.</summary>
public sealed record ProtectionRule
{
    /// <summary>Longest protection, in days.</summary>
    public const int MostDays = 3650;

    /// <summary>Where it is kept.</summary>
    public static AgencySettingKey<ProtectionRule> Key { get; } = new("protection", new());

    /// <summary>Days of the agency, after the day on which the lead was last worked, to the end of which it holds.</summary>
    public int Days { get; init; } = 90;
}
