using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ProPartHub.Domain.Boards;
using ProPartHub.Web.Components.Boards;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;
using Xunit;

namespace ProPartHub.Tests.Components.Boards;

/// <summary>Days are the agency's, and a follow-up put into one keeps its hour. 23 November 2026 is a Monday.</summary>
public sealed class BoardDaysTests
{
    private const string Kyiv = "2026-11-25T09:30:00+02:00";

    [Theory]
    [InlineData("2026-11-24T23:59:59+02:00", FollowUpSpan.Overdue)]
    [InlineData("2026-11-25T00:00:00+02:00", FollowUpSpan.Today)]
    [InlineData("2026-11-25T23:59:59+02:00", FollowUpSpan.Today)]
    [InlineData("2026-11-26T00:00:00+02:00", FollowUpSpan.Tomorrow)]
    [InlineData("2026-11-27T00:00:00+02:00", FollowUpSpan.ThisWeek)]
    [InlineData("2026-11-29T23:59:59+02:00", FollowUpSpan.ThisWeek)]
    [InlineData("2026-11-30T00:00:00+02:00", FollowUpSpan.Later)]
    public void Spans_BeginAtTheAgencysMidnight(string due, FollowUpSpan span) =>
        Assert.Equal(span, BoardDays.From(At(Kyiv)).Of(Moment(due)));

    [Fact]
    public void NothingPlanned_IsASpanToo() => Assert.Equal(FollowUpSpan.None, BoardDays.From(At(Kyiv)).Of(null));

    [Theory]
    [InlineData("2026-11-27T09:00:00+02:00", true)]
    [InlineData("2026-11-28T09:00:00+02:00", false)]
    [InlineData("2026-11-29T09:00:00+02:00", false)]
    [InlineData("2026-11-30T09:00:00+02:00", true)]
    public void RestOfTheWeek_HasAColumnOnlyWhileThereIsOne(string now, bool hasWeek)
    {
        var days = BoardDays.From(At(now));

        Assert.Equal(hasWeek, days.Spans.Contains(FollowUpSpan.ThisWeek));
        var coming = Enumerable.Range(0, 14).Select(day => days.Of(Moment(now).AddDays(day)));
        Assert.Equal(hasWeek, coming.Contains(FollowUpSpan.ThisWeek));
    }

    [Theory]
    [InlineData(FollowUpSpan.Today, "2026-11-20T15:40:00+02:00", "2026-11-25T15:40:00+02:00")]
    [InlineData(FollowUpSpan.Today, "2026-11-20T08:00:00+02:00", "2026-11-25T10:30:00+02:00")]
    [InlineData(FollowUpSpan.Today, null, "2026-11-25T10:00:00+02:00")]
    [InlineData(FollowUpSpan.Tomorrow, "2026-11-20T15:40:00+02:00", "2026-11-26T15:40:00+02:00")]
    [InlineData(FollowUpSpan.ThisWeek, null, "2026-11-27T10:00:00+02:00")]
    [InlineData(FollowUpSpan.Later, null, "2026-11-30T10:00:00+02:00")]
    public void PutIntoASpan_ItIsDueAtItsHour_AndAlwaysAhead(FollowUpSpan span, string? before, string due)
    {
        var time = At(Kyiv);
        var present = before is null ? (DateTimeOffset?)null : Moment(before);

        Assert.Equal(Moment(due), BoardDays.Due(span, BoardDays.From(time), present, time));
    }

    [Theory]
    [InlineData(FollowUpSpan.Overdue)]
    [InlineData(FollowUpSpan.None)]
    public void NothingIsPut_IntoThePastOrNowhere(FollowUpSpan span)
    {
        var time = At(Kyiv);

        Assert.Null(BoardDays.Due(span, BoardDays.From(time), null, time));
    }

    [Fact]
    public void LateInTheEvening_TodayIsStillToday()
    {
        var time = At("2026-11-25T23:40:00+02:00");
        var days = BoardDays.From(time);

        var due = BoardDays.Due(FollowUpSpan.Today, days, null, time);

        Assert.Equal(FollowUpSpan.Today, days.Of(due));
        Assert.True(due > time.Now);
    }

    // In the night to 29 March 2026 the clocks go forward.
    [Fact]
    public void TenOClock_IsTenOClock_OnTheDayWhenTheClocksChange()
    {
        var time = At("2026-03-28T12:00:00+02:00");

        Assert.Equal(
            Moment("2026-03-29T10:00:00+03:00"),
            BoardDays.Due(FollowUpSpan.Tomorrow, BoardDays.From(time), null, time)
        );
    }

    private static AgencyTime At(string now) =>
        new(Options.Create(new HubOptions()), new FakeTimeProvider(Moment(now)));

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, null);
}
