using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using Xunit;
using static ProPartHub.Tests.Live.FeedPeople;

namespace ProPartHub.Tests.Live;

public sealed class FeedRightsTests
{
    private static readonly Guid Lead = Guid.CreateVersion7();

    [Fact]
    public void OwnLead_IsToldToAgentTeamManagerAndAdmin() => AssertTold(Edited(Lead, Olena), Olena, Nina, Ada);

    [Fact]
    public void PoolLead_IsToldToManagersAndAdmin() =>
        AssertTold(Edited(Lead, agent: null), Nina, Mark, Leaderless, Ada);

    [Fact]
    public void HandOver_TellsOldAgentOnlyThatItLeft()
    {
        var message = Transferred(Lead, Olena, James);

        var change = FeedRights.ChangeFor(Olena, message);

        Assert.NotNull(change);
        Assert.True(change.HasLeft);
        Assert.Empty(change.Kinds);
        Assert.Empty(change.ActorIds);
        AssertTold(message, James, Mark, Ada);
        AssertLeft(message, Olena, Nina);
    }

    [Fact]
    public void HandOverInTeam_StaysInManagersSight()
    {
        var message = Transferred(Lead, Olena, Taras);

        AssertTold(message, Taras, Nina, Ada);
        AssertLeft(message, Olena);
    }

    [Fact]
    public void TakenFromPool_LeavesOtherManagers()
    {
        var message = Transferred(Lead, from: null, to: James);

        AssertTold(message, James, Mark, Ada);
        AssertLeft(message, Nina, Leaderless);
    }

    [Fact]
    public void PutIntoPool_LeavesAgentAndComesToManagers()
    {
        var message = Transferred(Lead, from: James, to: null);

        AssertTold(message, Nina, Mark, Leaderless, Ada);
        AssertLeft(message, James);
    }

    [Fact]
    public void StoredEvents_AreToldToTheSameAsMessages()
    {
        Actor?[] agents = [Olena, Taras, James, null];
        var events = (
            from before in agents
            from after in agents
            from kind in Enum.GetValues<LeadEventKind>()
            let isTransfer = kind is LeadEventKind.Transferred
            where isTransfer || before == after
            select new LeadEvent
            {
                ActorName = "x",
                Kind = kind,
                AgentId = after?.UserId,
                TeamId = after?.TeamId,
                PreviousAgentId = isTransfer ? before?.UserId : null,
                PreviousTeamId = isTransfer ? before?.TeamId : null,
            }
        ).ToList();

        Assert.All(
            All,
            actor =>
                Assert.Equal(
                    events.Where(entry => FeedRights.ChangeFor(actor, FeedMessage.For(entry)) is not null),
                    events.AsQueryable().ToldTo(actor)
                )
        );
    }

    private static void AssertTold(FeedMessage message, params Actor[] expected) =>
        Assert.Equal(
            expected,
            All.Where(actor => FeedRights.ChangeFor(actor, message) is { HasLeft: false }).Order(In(expected))
        );

    private static void AssertLeft(FeedMessage message, params Actor[] expected) =>
        Assert.Equal(
            expected,
            All.Where(actor => FeedRights.ChangeFor(actor, message) is { HasLeft: true }).Order(In(expected))
        );

    private static Comparer<Actor> In(Actor[] order) =>
        Comparer<Actor>.Create((left, right) => Array.IndexOf(order, left).CompareTo(Array.IndexOf(order, right)));
}
