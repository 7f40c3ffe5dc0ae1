namespace ProPartHub.Domain.Notifications;

/// <summary>Quiet hours and digests by a person's clock, over the days on which clocks change too.</summary>
internal sealed class PersonClock(NotificationPreferences preferences, string agencyZone)
{
    private readonly TimeZoneInfo _zone = Find(preferences.TimeZone) ?? Find(agencyZone) ?? TimeZoneInfo.Utc;

    /// <summary>Whether a moment lies in the person's quiet hours.</summary>
    public bool IsQuiet(DateTimeOffset moment) =>
        preferences is { QuietFrom: { } from, QuietTo: { } to }
        && from != to
        && IsBetween(TimeOnly.FromDateTime(Local(moment)), from, to);

    /// <summary>The moment itself (UTC), or the end of the quiet hours in which it lies.</summary>
    public DateTimeOffset AfterQuiet(DateTimeOffset moment)
    {
        if (!IsQuiet(moment))
        {
            return moment;
        }

        var (local, to) = (Local(moment), preferences.QuietTo!.Value);
        var end = local.Date + to.ToTimeSpan();
        if (TimeOnly.FromDateTime(local) >= to)
        {
            end = end.AddDays(1);
        }

        var utc = Utc(end);
        // Where an hour comes twice, its first pass may still be before the moment.
        return utc > moment ? utc : moment;
    }

    /// <summary>When the next digest after a moment is due (UTC); null without digests.</summary>
    public DateTimeOffset? NextDigest(DateTimeOffset moment)
    {
        if (preferences.Digest is DigestRhythm.Off)
        {
            return null;
        }

        var day = Local(moment).Date;
        for (var ahead = 0; ; ahead++)
        {
            var due = day.AddDays(ahead).AddHours(preferences.DigestHour);
            var isDay = preferences.Digest is DigestRhythm.Daily || due.DayOfWeek == preferences.DigestDay;
            if (isDay && Utc(due) > moment)
            {
                return Utc(due);
            }
        }
    }

    /// <summary>Whether a zone of that name is known here.</summary>
    public static bool Knows(string zone) => Find(zone) is not null;

    private DateTime Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, _zone).DateTime;

    // An hour that clocks skip is the one after it; of one that comes twice it is the later.
    private DateTimeOffset Utc(DateTime local)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        local = _zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime();
    }

    // From 22:00 to 7:00 goes over midnight.
    private static bool IsBetween(TimeOnly time, TimeOnly from, TimeOnly to) =>
        from < to ? time >= from && time < to : time >= from || time < to;

    private static TimeZoneInfo? Find(string? zone) =>
        zone is { Length: > 0 } && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : null;
}
