using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Points;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>A deal closed by head office in HubSpot counts like one closed here; what an import brings does not.</summary>
public sealed class PointTests
{
    private const string Won = "3204738267";
    private const string Negotiation = "3204738265";

    [Fact]
    public async Task ClosedInHubSpot_GivesOnce_AndReopenedThereTakesBack()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var deal = (await bed.PushedAsync()).DealId!;

        await MoveAsync(Won);
        await MoveAsync(Won);
        Assert.Equal([(PointKind.LeadCreated, 100), (PointKind.DealWon, 1_000)], await EntriesAsync());

        await MoveAsync(Negotiation);
        Assert.Equal((PointKind.DealReopened, -1_000), (await EntriesAsync())[^1]);

        await MoveAsync(Won);
        var entries = await EntriesAsync();
        Assert.Equal((1_100, 4), (entries.Sum(entry => entry.Points), entries.Count));

        async Task MoveAsync(string stage)
        {
            bed.Clock.Advance(TimeSpan.FromMinutes(1));
            bed.Sandbox.HeadOffice.MoveStage(deal, stage);
            await bed.LaterAsync(TimeSpan.FromSeconds(31));
        }

        Task<List<(PointKind Kind, int Points)>> EntriesAsync() =>
            bed.ReadAsync(async db =>
                (
                    await db.PointEntries.OrderBy(entry => entry.Id).ToListAsync(TestContext.Current.CancellationToken)
                ).ConvertAll(entry => (entry.Kind, entry.Points))
            );
    }
}
