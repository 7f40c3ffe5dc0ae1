namespace ProPartHub.Domain.Boards;

/// <summary>When a lead's next follow-up is due, by the days of the reader's calendar.</summary>
public enum FollowUpSpan
{
    /// <summary>Before today.</summary>
    Overdue = 1,

    /// <summary>Today, also when its hour has passed.</summary>
    Today,

    /// <summary>Tomorrow.</summary>
    Tomorrow,

    /// <summary>After tomorrow, up to Sunday.</summary>
    ThisWeek,

    /// <summary>After this week.</summary>
    Later,

    /// <summary>Nothing is planned.</summary>
    None,
}

/// <summary>Where days begin in the reader's time zone (UTC instants), so that spans are the calendar's and not of 24 hours.</summary>
/// <param name="Today">Today.</param>
/// <param name="Tomorrow">Tomorrow.</param>
/// <param name="DayAfter">The day after tomorrow.</param>
/// <param name="NextWeek">Next Monday, but not before <paramref name="DayAfter"/>.</param>
public sealed record FollowUpDays(
    DateTimeOffset Today,
    DateTimeOffset Tomorrow,
    DateTimeOffset DayAfter,
    DateTimeOffset NextWeek
)
{
    /// <summary>The spans in order; at the week's end nothing of it is left after tomorrow.</summary>
    public IReadOnlyList<FollowUpSpan> Spans =>
        [.. Enum.GetValues<FollowUpSpan>().Where(span => span is not FollowUpSpan.ThisWeek || NextWeek > DayAfter)];

    /// <summary>The span of a moment; null is nothing planned.</summary>
    public FollowUpSpan Of(DateTimeOffset? due) =>
        due is not { } at ? FollowUpSpan.None
        : at < Today ? FollowUpSpan.Overdue
        : at < Tomorrow ? FollowUpSpan.Today
        : at < DayAfter ? FollowUpSpan.Tomorrow
        : at < NextWeek ? FollowUpSpan.ThisWeek
        : FollowUpSpan.Later;

    /// <summary>From when (inclusive) to when (exclusive) a dated span reaches; null where it has no end on that side.</summary>
    internal (DateTimeOffset? From, DateTimeOffset? Before) Of(FollowUpSpan span) =>
        span switch
        {
            FollowUpSpan.Overdue => (null, Today),
            FollowUpSpan.Today => (Today, Tomorrow),
            FollowUpSpan.Tomorrow => (Tomorrow, DayAfter),
            FollowUpSpan.ThisWeek => (DayAfter, NextWeek),
            _ => (NextWeek, null),
        };
}
