using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Data;
using ProPartHub.Web.Components.Layout;
using Xunit;

namespace ProPartHub.Tests.Web.Layout;

public sealed class StatusBarTests : ComponentTest
{
    private StatusBarState State => Services.GetRequiredService<StatusBarState>();

    [Fact]
    public void Bar_FollowsHubSpot()
    {
        var bar = Render<StatusBar>();
        Assert.Empty(bar.Markup.Trim());

        State.HubSpotIs(HubSpotLink.Sandbox);
        bar.WaitForAssertion(() => Assert.Equal("HubSpot: пісочниця", bar.Find("p").TextContent.Trim()));

        State.HubSpotIs(HubSpotLink.Unreachable, Clock.GetUtcNow());
        bar.WaitForAssertion(() =>
            Assert.Contains("не відповідає з 12:00", bar.Find("p").TextContent, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task ChangeInAnotherLanguage_LeavesTheReaderTheirs()
    {
        var bar = Render<StatusBar>();

        await Task.Run(
            () =>
            {
                Speak("en");
                State.HubSpotIs(HubSpotLink.Sandbox);
            },
            Xunit.TestContext.Current.CancellationToken
        );

        Assert.Equal("HubSpot: пісочниця", bar.WaitForElement("p").TextContent.Trim());
    }

    [Fact]
    public void EveryState_HasItsWords()
    {
        var bar = Render<StatusBar>();
        foreach (var link in Enum.GetValues<HubSpotLink>().Where(link => link != HubSpotLink.Unknown))
        {
            State.HubSpotIs(link, Clock.GetUtcNow());
            bar.WaitForAssertion(() => Assert.DoesNotContain("Status_", bar.Markup, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Banner_StandsWhileTheDatabaseIsDown_SinceTheFirstFailure()
    {
        var banner = Render<DatabaseBanner>();

        State.DatabaseIsDown(Clock.GetUtcNow());
        State.DatabaseIsDown(Clock.GetUtcNow().AddHours(1));
        banner.WaitForAssertion(() =>
            Assert.Contains("з 12:00", banner.Find("[role=alert]").TextContent, StringComparison.Ordinal)
        );

        State.DatabaseIsBack();
        banner.WaitForAssertion(() => Assert.Empty(banner.Markup.Trim()));
    }

    [Fact]
    public void DatabaseThatAnswersAndRefuses_IsTold_InWordsOfItsOwn_UnlessItIsAwayAltogether()
    {
        var banner = Render<DatabaseBanner>();
        var seen = new HashSet<string>();
        foreach (var trouble in Enum.GetValues<DatabaseTrouble>())
        {
            State.DatabaseRefuses(new(trouble, Clock.GetUtcNow()));
            banner.WaitForAssertion(() =>
            {
                var text = banner.Find("[role=alert]").TextContent;
                Assert.DoesNotContain("Status_", text, StringComparison.Ordinal);
                Assert.Contains("із 12:00", text, StringComparison.Ordinal);
                Assert.True(seen.Add(text));
            });
        }

        State.DatabaseIsDown(Clock.GetUtcNow());
        banner.WaitForAssertion(() =>
            Assert.Contains("не відповідає", banner.Find("[role=alert]").TextContent, StringComparison.Ordinal)
        );

        State.DatabaseIsBack();
        State.DatabaseRefuses(null);
        banner.WaitForAssertion(() => Assert.Empty(banner.Markup.Trim()));
    }

    [Fact]
    public void RepeatedState_RaisesNothing()
    {
        var raised = 0;
        State.Changed += () => raised++;

        State.HubSpotIs(HubSpotLink.Connected);
        State.HubSpotIs(HubSpotLink.Connected);
        State.DatabaseIsBack();

        Assert.Equal(1, raised);
    }
}
