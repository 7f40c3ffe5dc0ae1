using Bunit;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Leads;
using ProPartHub.Tests.Components.Leads;
using ProPartHub.Web.Components.Boards;
using ProPartHub.Web.Components.Shared;
using Xunit;

namespace ProPartHub.Tests.Components.Boards;

/// <summary>An open board says of a lead that it has gone quiet by the rule that holds now.</summary>
public sealed class BoardQuietTests : LeadComponentTest
{
    [Fact]
    public async Task RuleThatAnAdminChanges_HoldsOnTheOpenBoard_AndALeftBoardHearsNoMore()
    {
        Bed.Time.SetUtcNow(Clock.GetUtcNow().AddDays(-10));
        await Bed.LeadAsync(Bed.Olena, 1);
        SignIn(Bed.Olena);
        var board = Render<BoardPage>();
        await board.WaitForElementAsync(".card");
        Assert.Single(board.FindAll(".card-quiet"));

        var rules = Bed.Get<QuietRules>();
        Assert.True(await rules.SaveRuleAsync(Bed.Ada, new QuietRule(), new QuietRule { Days = 14 }, Token));
        Agency.Hear(nameof(AgencyTopic.Settings));

        await Live.Eventually.IsAsync(
            () => board.FindAll(".card-quiet").Count == 0,
            () => Clock.Advance(LateRefresh.Pause),
            Token
        );

        await DisposeComponentsAsync();
        Bed.Sql.Reset();
        Agency.Hear(nameof(AgencyTopic.Settings));
        Clock.Advance(LateRefresh.Pause);
        Assert.Empty(Bed.Sql.Commands);
    }
}
