using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;
using ProPartHub.HubSpotSandbox.Faults;
using ProPartHub.HubSpotSandbox.Objects;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>What no webhook and no poll has told is found in the night.</summary>
public sealed class CompareTests
{
    // It is noon in UTC when a bed begins, the account is in Kyiv, and the first night is too close to the import.
    private static readonly TimeSpan UntilNight = TimeSpan.FromHours(13 + 24);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DealGoneUntold_IsNoticedInTheNight(bool isErased)
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var id = await bed.LeadAsync(1);
        await bed.QuietAsync();
        var deal = (await bed.SyncOfAsync(id)).DealId!;
        if (isErased)
        {
            bed.Sandbox.HeadOffice.Erase(ObjectType.Deals, deal);
        }
        else
        {
            bed.Sandbox.HeadOffice.Archive(ObjectType.Deals, deal);
        }

        await bed.LaterAsync(TimeSpan.FromHours(1));
        Assert.False((await bed.LoadAsync(id)).Attention.HasFlag(Attention.DeletedInHubSpot));
        await bed.LaterAsync(UntilNight);

        Assert.True((await bed.LoadAsync(id)).Attention.HasFlag(Attention.DeletedInHubSpot));
        Assert.Equal("deals: 0 / 1", (await ComparedAsync(bed))[0]);
    }

    [Fact]
    public async Task NoteGoneUntold_DeletesItsComment_AndKeepsTheText()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var id = await bed.LeadAsync(1);
        await bed.Get<CommentService>().AddAsync(bed.Olena, Guid.CreateVersion7(), id, "Слово", null, SyncBed.Cancel);
        await bed.QuietAsync();

        bed.Sandbox.HeadOffice.Archive(ObjectType.Notes, bed.Live(ObjectType.Notes)[0].IdText);
        await bed.LaterAsync(UntilNight);

        var comment = await bed.ReadAsync(db => db.Comments.SingleAsync(SyncBed.Cancel));
        Assert.NotNull(comment.DeletedAt);
        Assert.Equal("Слово", comment.Body);
    }

    [Fact]
    public async Task ChangeThatSearchNeverShowed_IsTaken()
    {
        await using var bed = await SyncBed.ConnectedAsync(indexDelay: TimeSpan.FromDays(30));
        var id = await bed.LeadAsync(1);
        await bed.QuietAsync();
        bed.Clock.Advance(TimeSpan.FromMinutes(1));
        bed.Sandbox.HeadOffice.Update(
            ObjectType.Deals,
            (await bed.SyncOfAsync(id)).DealId!,
            "purchase_country",
            "Дубай"
        );

        await bed.LaterAsync(UntilNight);

        Assert.Equal("Дубай", (await bed.LoadAsync(id)).Country);
        Assert.Equal("deals: 1 / 1", (await ComparedAsync(bed))[0]);
    }

    [Fact]
    public async Task Comparison_WalksAllPagesOnceANight_AndLeavesEqualLeadsAlone()
    {
        await using var bed = await SyncBed.ConnectedAsync(deals: 150);
        var events = await bed.EventsAsync();

        await bed.LaterAsync(UntilNight);
        await bed.LaterAsync(TimeSpan.FromHours(1));
        await bed.LaterAsync(TimeSpan.FromHours(3));

        var compared = await ComparedAsync(bed);
        Assert.Equal("deals: 150 / 0", compared[0]);
        Assert.Equal(RecordPages.Types.Count, compared.Count);
        Assert.All(compared, line => Assert.EndsWith(" / 0", line, StringComparison.Ordinal));
        Assert.Equal(events, await bed.EventsAsync());

        await bed.LaterAsync(TimeSpan.FromHours(20));
        Assert.Equal(2 * RecordPages.Types.Count, (await ComparedAsync(bed)).Count);
    }

    [Fact]
    public async Task FailureOfTheLastReading_CountsNothingTwice()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        await bed.LeadAsync(1);
        var gone = await bed.LeadAsync(2);
        await bed.QuietAsync();
        bed.Sandbox.HeadOffice.Archive(ObjectType.Deals, (await bed.SyncOfAsync(gone)).DealId!);
        var fault = bed.Sandbox.Faults.Add(new Fault { Status = 500, Path = "/deals/batch/read" });
        await Assert.ThrowsAsync<HubSpotServerException>(() => bed.LaterAsync(UntilNight));

        bed.Sandbox.Faults.Remove(fault);
        await bed.LaterAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("deals: 1 / 1", (await ComparedAsync(bed))[0]);
    }

    [Fact]
    public async Task HubThatIsOffAtNight_ComparesByDay()
    {
        await using var bed = await SyncBed.ConnectedAsync();

        await bed.LaterAsync(TimeSpan.FromHours(47));
        Assert.Empty(await ComparedAsync(bed));
        await bed.LaterAsync(TimeSpan.FromHours(2));

        Assert.Equal(RecordPages.Types.Count, (await ComparedAsync(bed)).Count);
    }

    private static Task<List<string?>> ComparedAsync(SyncBed bed) =>
        bed.ReadAsync(db =>
            db.SyncLog.Where(entry => entry.What == SyncJournal.Compared)
                .OrderBy(entry => entry.Id)
                .Select(entry => entry.Detail)
                .ToListAsync(SyncBed.Cancel)
        );
}
