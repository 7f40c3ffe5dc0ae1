using Bunit;
using ProPartHub.Web.Components.Shared;
using Xunit;

namespace ProPartHub.Tests.Web.Shared;

public sealed class RelativeTimeTests : ComponentTest
{
    [Theory]
    [InlineData("uk", 0.5, "щойно")]
    [InlineData("uk", 1, "1 хвилину тому")]
    [InlineData("uk", 3, "3 хвилини тому")]
    [InlineData("uk", 12, "12 хвилин тому")]
    [InlineData("uk", 21, "21 хвилину тому")]
    [InlineData("uk", 60, "1 годину тому")]
    [InlineData("uk", 22 * 60, "22 години тому")]
    [InlineData("uk", 25 * 60, "учора")]
    [InlineData("uk", 49 * 60, "2 дні тому")]
    [InlineData("uk", 6 * 1440, "6 днів тому")]
    [InlineData("uk", 14 * 1440, "9\u00a0лист.")]
    [InlineData("uk", -5, "за 5 хвилин")]
    [InlineData("uk", -1440, "завтра")]
    [InlineData("en", 1, "1 minute ago")]
    [InlineData("en", 30, "30 minutes ago")]
    [InlineData("en", 25 * 60, "yesterday")]
    [InlineData("en", -3 * 60, "in 3 hours")]
    [InlineData("en", 14 * 1440, "9\u00a0Nov")]
    public void Moment_IsWrittenAsPeopleSayIt(string language, double minutesAgo, string expected)
    {
        Speak(language);

        Assert.Equal(expected, Show(TimeSpan.FromMinutes(minutesAgo)).Find("time").TextContent);
    }

    [Fact]
    public void Tooltip_IsTheExactTimeInTheAgencysZone() =>
        Assert.Contains(
            "11:55",
            Show(TimeSpan.FromMinutes(5)).Find("time").GetAttribute("title"),
            StringComparison.Ordinal
        );

    [Fact]
    public void Text_KeepsItselfUpToDate()
    {
        var shown = Show(TimeSpan.FromMinutes(2));

        Clock.Advance(TimeSpan.FromMinutes(1));

        shown.WaitForAssertion(() => Assert.Equal("3 хвилини тому", shown.Find("time").TextContent));
    }

    [Fact]
    public void Text_ThatStaysTheSame_IsNotRenderedAgain()
    {
        var shown = Show(TimeSpan.FromHours(2));

        Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(1, shown.RenderCount);
    }

    private IRenderedComponent<RelativeTime> Show(TimeSpan ago) =>
        Render<RelativeTime>(parameters => parameters.Add(time => time.Moment, Clock.GetUtcNow() - ago));
}
