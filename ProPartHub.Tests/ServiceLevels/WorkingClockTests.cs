using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Data;
using Xunit;

namespace ProPartHub.Tests.ServiceLevels;

/// <summary>Working time is counted by Kyiv's clock, over nights, weekends, holidays and clock changes.</summary>
public sealed class WorkingClockTests
{
    private static readonly AgencyCalendar Kyiv = new(TimeZoneInfo.FindSystemTimeZoneById(AgencyCalendar.StandardZone));

    private static readonly WorkingClock Clock = new(new WorkingTime { Holidays = [new DateOnly(2026, 8, 24)] }, Kyiv);

    [Theory]
    // Within one day; over a night; over a weekend; from a Sunday.
    [InlineData("2026-03-02 10:00", "2026-03-02 12:00", 2)]
    [InlineData("2026-03-02 17:00", "2026-03-03 10:00", 2)]
    [InlineData("2026-03-06 17:00", "2026-03-09 10:00", 2)]
    [InlineData("2026-03-08 12:00", "2026-03-09 11:00", 2)]
    // Over Independence Day, a Monday.
    [InlineData("2026-08-21 17:00", "2026-08-25 10:00", 2)]
    // Over the nights in which clocks go forward and back: the working hours are what they are.
    [InlineData("2026-03-27 17:00", "2026-03-30 10:00", 2)]
    [InlineData("2026-10-23 17:00", "2026-10-26 10:00", 2)]
    public void Between_CountsOnlyWhileTheAgencyWorks(string from, string to, int hours)
    {
        Assert.Equal(TimeSpan.FromHours(hours), Clock.Between(At(from), At(to)));
        // Turned round it is the same, but for what began while the agency was closed.
        Assert.Equal(
            Clock.IsOpen(At(from)) ? At(from) : Clock.NextOpening(At(from)),
            Clock.LatestStart(At(to), TimeSpan.FromHours(hours))
        );
    }

    [Fact]
    public void LatestStart_IsTheMomentFromWhichJustSoMuchWasWorked()
    {
        var now = At("2026-03-03 10:00");

        Assert.Equal(At("2026-03-02 17:00"), Clock.LatestStart(now, TimeSpan.FromHours(2)));
        Assert.Equal(At("2026-03-02 09:00"), Clock.LatestStart(now, TimeSpan.FromHours(10)));
        // Before the agency opens, the day before counts.
        Assert.Equal(At("2026-03-02 16:00"), Clock.LatestStart(At("2026-03-03 07:00"), TimeSpan.FromHours(2)));
    }

    [Fact]
    public void Opening_IsOnTheNextWorkingDay()
    {
        Assert.Equal(At("2026-03-09 09:00"), Clock.NextOpening(At("2026-03-06 09:00")));
        Assert.Equal(At("2026-08-25 09:00"), Clock.NextOpening(At("2026-08-21 18:00")));
        Assert.True(Clock.IsOpen(At("2026-03-02 09:00")));
        Assert.False(Clock.IsOpen(At("2026-03-02 18:00")));
        Assert.False(Clock.IsOpen(At("2026-08-24 12:00")));
    }

    [Fact]
    public void WithoutHours_NothingIsEverLate() =>
        Assert.Null(
            new WorkingClock(
                new WorkingTime
                {
                    Week = [.. new WorkingTime().Week.Select(day => new WorkingDay(day.Day, null, null))],
                },
                Kyiv
            ).LatestStart(At("2026-03-03 10:00"), TimeSpan.FromHours(1))
        );

    private static DateTimeOffset At(string local)
    {
        var time = DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        return Kyiv.At(DateOnly.FromDateTime(time), TimeOnly.FromDateTime(time));
    }
}
