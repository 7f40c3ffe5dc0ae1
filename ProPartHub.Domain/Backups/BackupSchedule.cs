using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Backups;

/// <summary>When the next backup is due: once a day, and again after a pause where it failed.</summary>
public static class BackupSchedule
{
    /// <summary>Between a run that failed and the next try.</summary>
    public static readonly TimeSpan RetryPause = TimeSpan.FromMinutes(30);

    /// <summary>The moment of the next run (UTC); one that is past is due now, also where it was missed.</summary>
    /// <param name="now">The present moment.</param>
    /// <param name="at">The time of day, by the agency's clock.</param>
    /// <param name="calendar">The agency's calendar.</param>
    /// <param name="lastGood">When the last run that was good began; null for none.</param>
    /// <param name="lastFailed">When the last run that was not ended; null for none.</param>
    public static DateTimeOffset NextRun(
        DateTimeOffset now,
        TimeOnly at,
        AgencyCalendar calendar,
        DateTimeOffset? lastGood,
        DateTimeOffset? lastFailed
    )
    {
        var today = calendar.DayOf(now);
        var due = calendar.At(today, at) <= now ? today : today.AddDays(-1);
        var dueAt = calendar.At(due, at);
        return lastGood >= dueAt ? calendar.At(due.AddDays(1), at)
            : lastFailed >= dueAt ? lastFailed.Value + RetryPause
            : dueAt;
    }
}
