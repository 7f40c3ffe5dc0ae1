using ProPartHub.Domain.Live;
using ProPartHub.Domain.Timeline;
using Xunit;

namespace ProPartHub.Tests.Live;

public sealed class FeedBatchTests
{
    private static readonly Guid Lead = Guid.CreateVersion7();

    [Fact]
    public void ChangesOfOneLead_BecomeOne()
    {
        var (olena, taras) = (Guid.NewGuid(), Guid.NewGuid());
        var other = Guid.CreateVersion7();

        var batch = FeedBatch.Of([
            Change(Lead, LeadEventKind.Edited, olena),
            Change(other, LeadEventKind.Created, olena),
            Change(Lead, LeadEventKind.StageChanged, taras),
            Change(Lead, LeadEventKind.Edited, olena),
        ]);

        Assert.Equal([Lead, other], batch.Changes.Select(change => change.LeadId));
        Assert.Equal([LeadEventKind.Edited, LeadEventKind.StageChanged], batch.Changes[0].Kinds);
        Assert.Equal([olena, taras], batch.Changes[0].ActorIds);
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public void FiguresStay_OnlyWhereEveryChangeKeepsThem(bool first, bool second, bool keeps)
    {
        var batch = FeedBatch.Of([Of(first), Of(second)]);

        Assert.Equal(keeps, Assert.Single(batch.Changes).KeepsFigures);
        Assert.False(LeadChange.Left(Lead).KeepsFigures);

        static LeadChange Of(bool isKept) =>
            Change(Lead, LeadEventKind.Edited, Guid.NewGuid()) with
            {
                KeepsFigures = isKept,
            };
    }

    [Fact]
    public void Refresh_SwallowsTheRest()
    {
        var batch = FeedBatch.Of([Change(Lead, LeadEventKind.Edited, Guid.NewGuid()), null]);

        Assert.True(batch.MustRefresh);
        Assert.Empty(batch.Changes);
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public void LeadThatLeftAndAlsoChanged_IsAskedForAgain(bool first, bool second, bool hasLeft)
    {
        var batch = FeedBatch.Of([Of(first), Of(second)]);

        Assert.Equal(hasLeft, Assert.Single(batch.Changes).HasLeft);

        static LeadChange Of(bool left) =>
            left ? LeadChange.Left(Lead) : Change(Lead, LeadEventKind.Edited, Guid.NewGuid());
    }

    private static LeadChange Change(Guid leadId, LeadEventKind kind, Guid actorId) =>
        LeadChange.Of(
            new FeedMessage
            {
                LeadId = leadId,
                Kind = kind,
                ActorId = actorId,
            }
        );
}
