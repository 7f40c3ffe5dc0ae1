using ProPartHub.Domain.People.Settings;

namespace ProPartHub.Domain.Notifications;

/// <summary>How often a person gets a digest.</summary>
public enum DigestRhythm
{
    /// <summary>Never.</summary>
    Off = 0,

    /// <summary>Every day.</summary>
    Daily = 1,

    /// <summary>Once a week.</summary>
    Weekly = 2,
}

/// <summary>What a person wants to be told, and how.</summary>
public sealed record NotificationPreferences
{
    /// <summary>Most minutes that a reminder may come before its time: a day.</summary>
    public const int MostReminderMinutes = 1440;

    /// <summary>Where they are kept.</summary>
    public static PersonSettingKey<NotificationPreferences> Key { get; } = new("notifications", new());

    /// <summary>The ways of each kind; a kind that is not named goes as <see cref="DefaultWays"/> says.</summary>
    public IReadOnlyDictionary<NotificationKind, NotificationWays> Ways { get; init; } =
        new Dictionary<NotificationKind, NotificationWays>();

    /// <summary>Minutes by which a reminder comes before a follow-up is due.</summary>
    public int ReminderMinutes { get; init; }

    /// <summary>When quiet hours begin, by the person's clock; null for none.</summary>
    public TimeOnly? QuietFrom { get; init; }

    /// <summary>When quiet hours end.</summary>
    public TimeOnly? QuietTo { get; init; }

    /// <summary>The person's time zone (IANA id); null for the agency's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>How often the digest comes.</summary>
    public DigestRhythm Digest { get; init; }

    /// <summary>At which full hour, 0 to 23, by the person's clock.</summary>
    public int DigestHour { get; init; } = 8;

    /// <summary>On which day, for a weekly one.</summary>
    public DayOfWeek DigestDay { get; init; } = DayOfWeek.Monday;

    /// <summary>Whether the browser's notifications, which others may see on the screen, name clients.</summary>
    public bool NamesClients { get; init; }

    /// <summary>The ways of a kind.</summary>
    public NotificationWays Of(NotificationKind kind) =>
        Ways.GetValueOrDefault(kind, DefaultWays(kind)) & NotificationKinds.Possible(kind);

    /// <summary>The ways of a kind for those who have chosen nothing: mails alone for what must not wait for a log-in.</summary>
    public static NotificationWays DefaultWays(NotificationKind kind) =>
        kind switch
        {
            NotificationKind.LeadAssigned or NotificationKind.Mentioned => NotificationWays.Portal
                | NotificationWays.Mail
                | NotificationWays.Digest
                | NotificationWays.Browser,
            NotificationKind.ServiceEscalation or NotificationKind.ClaimAsked or NotificationKind.BackupFailed =>
                NotificationWays.Portal | NotificationWays.Mail | NotificationWays.Digest | NotificationWays.Browser,
            NotificationKind.FollowUpDue or NotificationKind.ServiceReminder => NotificationWays.Portal
                | NotificationWays.Digest
                | NotificationWays.Browser,
            _ => NotificationWays.Portal | NotificationWays.Digest,
        };
}
