using System.Globalization;
using ProPartHub.Domain.Notifications;

namespace ProPartHub.Web.Account;

/// <summary>The form of the settings of notifications, as browsers post it.</summary>
public sealed class NotificationForm
{
    private const string Hour = "HH:mm";

    /// <summary>The ways in the order of the columns.</summary>
    public static IReadOnlyList<NotificationWays> Ways { get; } =
    [NotificationWays.Portal, NotificationWays.Mail, NotificationWays.Digest, NotificationWays.Browser];

    /// <summary>The days from Monday on.</summary>
    public static IReadOnlyList<DayOfWeek> Days { get; } =
    [.. Enum.GetValues<DayOfWeek>().OrderBy(day => ((int)day + 6) % 7)];

    /// <summary>Time zones to choose from, by their IANA names.</summary>
    public static IReadOnlyList<string> Zones { get; } =
    [
        .. TimeZoneInfo
            .GetSystemTimeZones()
            .Where(zone => zone.HasIanaId && zone.Id.Contains('/', StringComparison.Ordinal))
            .Select(zone => zone.Id)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>What is ticked, each as <see cref="Mark"/> writes it.</summary>
    public List<string> Chosen { get; set; } = [];

    public int ReminderMinutes { get; set; }

    public string? QuietFrom { get; set; }

    public string? QuietTo { get; set; }

    public string? TimeZone { get; set; }

    public DigestRhythm Digest { get; set; }

    public int DigestHour { get; set; } = 8;

    public DayOfWeek DigestDay { get; set; } = DayOfWeek.Monday;

    public bool NamesClients { get; set; }

    /// <summary>The form of what is set.</summary>
    public static NotificationForm Of(NotificationPreferences wishes, IEnumerable<NotificationKind> kinds) =>
        new()
        {
            Chosen =
            [
                .. kinds.SelectMany(kind =>
                    Ways.Where(way => wishes.Of(kind).HasFlag(way)).Select(way => Mark(kind, way))
                ),
            ],
            ReminderMinutes = wishes.ReminderMinutes,
            QuietFrom = Write(wishes.QuietFrom),
            QuietTo = Write(wishes.QuietTo),
            TimeZone = wishes.TimeZone,
            Digest = wishes.Digest,
            DigestHour = wishes.DigestHour,
            DigestDay = wishes.DigestDay,
            NamesClients = wishes.NamesClients,
        };

    /// <summary>How a ticked box is posted.</summary>
    public static string Mark(NotificationKind kind, NotificationWays way) => $"{kind}.{way}";

    /// <summary>Reminders to choose from, the present one among them.</summary>
    public static IEnumerable<int> Reminders(int present) =>
        new[] { 0, 5, 10, 15, 30, 60, 120, NotificationPreferences.MostReminderMinutes }.Union([present]).Order();

    /// <summary>Whether a box is ticked.</summary>
    public bool Has(NotificationKind kind, NotificationWays way) => Chosen.Contains(Mark(kind, way));

    /// <summary>What was set, with what the form says in its place; of kinds that the form does not offer nothing changes.</summary>
    public NotificationPreferences Over(NotificationPreferences before, IEnumerable<NotificationKind> kinds)
    {
        var ways = new Dictionary<NotificationKind, NotificationWays>(before.Ways);
        foreach (var kind in kinds)
        {
            ways[kind] = Ways.Where(way => Has(kind, way)).Aggregate(NotificationWays.None, (all, way) => all | way);
        }

        return before with
        {
            Ways = ways,
            ReminderMinutes = ReminderMinutes,
            QuietFrom = Read(QuietFrom),
            QuietTo = Read(QuietTo),
            TimeZone = string.IsNullOrEmpty(TimeZone) ? null : TimeZone,
            Digest = Digest,
            DigestHour = DigestHour,
            DigestDay = DigestDay,
            NamesClients = NamesClients,
        };
    }

    private static string? Write(TimeOnly? time) => time?.ToString(Hour, CultureInfo.InvariantCulture);

    private static TimeOnly? Read(string? text) =>
        TimeOnly.TryParseExact(
            text,
            [Hour, "HH:mm:ss"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var time
        )
            ? time
            : null;
}
