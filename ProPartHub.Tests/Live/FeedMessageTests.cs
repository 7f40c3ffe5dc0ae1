using System.Text;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Timeline;
using Xunit;

namespace ProPartHub.Tests.Live;

public sealed class FeedMessageTests
{
    private static readonly FeedMessage Largest = new()
    {
        Kind = LeadEventKind.SyncStateChanged,
        LeadId = Guid.NewGuid(),
        EventId = long.MaxValue,
        AgentId = Guid.NewGuid(),
        PreviousAgentId = Guid.NewGuid(),
        TeamId = Guid.NewGuid(),
        PreviousTeamId = Guid.NewGuid(),
        ActorId = Guid.NewGuid(),
    };

    [Fact]
    public void Payload_ComesBackWhole() => Assert.Equal(Largest, FeedMessage.Parse(Largest.ToPayload()));

    // PostgreSQL refuses 8,000 bytes and more, and the refusal would undo the person's change.
    [Fact]
    public void LargestPayload_IsFarBelowPostgresLimit() =>
        Assert.InRange(Encoding.UTF8.GetByteCount(Largest.ToPayload()), 1, 800);

    [Fact]
    public void RefreshAll_ComesBackAsRefreshAll() =>
        Assert.True(FeedMessage.Parse(FeedMessage.RefreshAll.ToPayload()).IsRefreshAll);
}
