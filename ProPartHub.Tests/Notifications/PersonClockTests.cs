using ProPartHub.Domain.Notifications;
using Xunit;

namespace ProPartHub.Tests.Notifications;

/// <summary>Quiet hours and digests by the person's clock, on the nights on which clocks change too.</summary>
public sealed class PersonClockTests
{
    private const string Kyiv = "Europe/Kyiv";

    [Theory]
    // Winter, UTC+2: quiet from 22:00 to 7:00.
    [InlineData("2026-01-10T19:59:00Z", "2026-01-10T19:59:00Z")]
    [InlineData("2026-01-10T20:00:00Z", "2026-01-11T05:00:00Z")]
    [InlineData("2026-01-11T03:00:00Z", "2026-01-11T05:00:00Z")]
    [InlineData("2026-01-11T05:00:00Z", "2026-01-11T05:00:00Z")]
    // The night to 29 March 2026 is an hour shorter: 7:00 is at UTC+3.
    [InlineData("2026-03-28T20:30:00Z", "2026-03-29T04:00:00Z")]
    // The night to 25 October 2026 is an hour longer: 7:00 is at UTC+2 again.
    [InlineData("2026-10-24T19:30:00Z", "2026-10-25T05:00:00Z")]
    public void QuietHours_EndByThePersonsClock(string moment, string expected) =>
        Assert.Equal(At(expected), Clock(new TimeOnly(22, 0), new TimeOnly(7, 0)).AfterQuiet(At(moment)));

    [Theory]
    // 3:30 does not exist on 29 March 2026: quiet hours end at 4:30, UTC+3.
    [InlineData("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z")]
    // 3:30 comes twice on 25 October 2026: they end at the second, UTC+2.
    [InlineData("2026-10-25T00:10:00Z", "2026-10-25T01:30:00Z")]
    [InlineData("2026-10-25T01:10:00Z", "2026-10-25T01:30:00Z")]
    public void QuietHours_EndOnceWhereClocksChange(string moment, string expected) =>
        Assert.Equal(At(expected), Clock(new TimeOnly(1, 0), new TimeOnly(3, 30)).AfterQuiet(At(moment)));

    [Fact]
    public void QuietHours_AreThoseOfThePersonsZone()
    {
        var wishes = new NotificationPreferences
        {
            QuietFrom = new TimeOnly(22, 0),
            QuietTo = new TimeOnly(7, 0),
            TimeZone = "America/New_York",
        };

        Assert.False(new PersonClock(wishes, Kyiv).IsQuiet(At("2026-01-10T21:00:00Z")));
        Assert.True(new PersonClock(wishes, Kyiv).IsQuiet(At("2026-01-11T04:00:00Z")));
        // A zone that is no longer known counts as the agency's.
        Assert.True(new PersonClock(wishes with { TimeZone = "Mars/Base" }, Kyiv).IsQuiet(At("2026-01-10T21:00:00Z")));
    }

    [Theory]
    [InlineData(DigestRhythm.Daily, "2026-03-28T05:59:00Z", "2026-03-28T06:00:00Z")]
    [InlineData(DigestRhythm.Daily, "2026-03-28T06:00:00Z", "2026-03-29T05:00:00Z")]
    [InlineData(DigestRhythm.Daily, "2026-10-24T05:00:00Z", "2026-10-25T06:00:00Z")]
    [InlineData(DigestRhythm.Weekly, "2026-03-28T05:59:00Z", "2026-03-30T05:00:00Z")]
    [InlineData(DigestRhythm.Weekly, "2026-03-30T05:00:00Z", "2026-04-06T05:00:00Z")]
    public void Digest_ComesAtItsHour(DigestRhythm rhythm, string moment, string expected) =>
        Assert.Equal(At(expected), new PersonClock(new() { Digest = rhythm }, Kyiv).NextDigest(At(moment)));

    [Fact]
    public void NoDigest_NeverComes() =>
        Assert.Null(new PersonClock(new(), Kyiv).NextDigest(At("2026-03-28T05:59:00Z")));

    private static PersonClock Clock(TimeOnly from, TimeOnly to) => new(new() { QuietFrom = from, QuietTo = to }, Kyiv);

    private static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
