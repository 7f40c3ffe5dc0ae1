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
        KeepsFigures = true,
    };

    [Fact]
    public void Payload_ComesBackWhole() => Assert.Equal(Largest, FeedMessage.Parse(Largest.ToPayload()));

    // PostgreSQL refuses 8,000 bytes and more, and the refusal would undo the person's change.
    [Fact]
    public void LargestPayload_IsFarBelowPostgresLimit() =>
        Assert.InRange(Encoding.UTF8.GetByteCount(Largest.ToPayload()), 1, 800);

    [Theory]
    [InlineData(LeadEventKind.Edited, "ClientName", true)]
    [InlineData(LeadEventKind.Edited, "BudgetTo", null)]
    [InlineData(LeadEventKind.Edited, "Currency", null)]
    [InlineData(LeadEventKind.CommentAdded, null, true)]
    [InlineData(LeadEventKind.StageChanged, "Stage", null)]
    [InlineData(LeadEventKind.Transferred, "Agent", null)]
    [InlineData(LeadEventKind.Created, "ClientName", null)]
    [InlineData(LeadEventKind.FollowUpAdded, null, null)]
    public void Message_SaysWhereFiguresStayAsTheyAre(LeadEventKind kind, string? field, bool? expected)
    {
        var entry = new LeadEvent
        {
            Kind = kind,
            ActorName = "Ada",
            LeadId = Guid.NewGuid(),
            Changes = field is null ? [] : [new FieldChange(field, "1", "2"), new FieldChange("Notes", null, "3")],
        };

        Assert.Equal(expected, FeedMessage.For(entry).KeepsFigures);
    }

    [Fact]
    public void RefreshAll_ComesBackAsRefreshAll() =>
        Assert.True(FeedMessage.Parse(FeedMessage.RefreshAll.ToPayload()).IsRefreshAll);
}
