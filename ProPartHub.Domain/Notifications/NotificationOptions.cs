using System.ComponentModel.DataAnnotations;

namespace ProPartHub.Domain.Notifications;

/// <summary>Settings of notifications (section <c>Notifications</c>).</summary>
public sealed class NotificationOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Notifications";

    /// <summary>Days after which notifications are removed for good, read or not.</summary>
    [Range(1, 3650)]
    public int KeepDays { get; set; } = 90;

    /// <summary>The agency's time zone (IANA id): quiet hours and digests of everybody who has chosen no other.</summary>
    public string TimeZone { get; set; } = "Europe/Kyiv";
}
