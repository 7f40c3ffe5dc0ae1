namespace ProPartHub.Domain.Leads;

/// <summary>When a client's next birthday is.</summary>
public static class Birthday
{
    /// <summary>
    /// Days until the next birthday, 0 on the day itself. Whoever was born on 29 February has it on 1 March in other years:
    /// to congratulate ahead of the day is bad form here.
    /// </summary>
    /// <param name="born">The day of birth.</param>
    /// <param name="today">Today in the agency's time zone.</param>
    public static int DaysUntil(DateOnly born, DateOnly today)
    {
        var next = In(born, today.Year);
        return (next >= today ? next : In(born, today.Year + 1)).DayNumber - today.DayNumber;
    }

    private static DateOnly In(DateOnly born, int year) =>
        born is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(year)
            ? new DateOnly(year, 3, 1)
            : new DateOnly(year, born.Month, born.Day);
}
