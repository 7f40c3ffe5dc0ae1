using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Merging;
using ProPartHub.Domain.Privacy;
using ProPartHub.Domain.Timeline;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>What HubSpot goes on telling of a lead's deal after the lead was merged into another is not lost.</summary>
public sealed class MergedLeadTests
{
    [Fact]
    public async Task MergedLead_KeepsItsDeal_AndNothingIsDeletedThere()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (survivor, loser) = await MergedAsync(bed);

        Assert.Equal(2, bed.Live(ObjectType.Deals).Count);
        Assert.NotNull((await bed.SyncOfAsync(loser)).DealId);
        Assert.Equal(0, await bed.WaitingAsync());
        Assert.Equal("Хвиля", (await bed.LoadAsync(survivor)).Company);
        Assert.Equal("Хвиля", bed.Value(ObjectType.Contacts, (await bed.SyncOfAsync(survivor)).ContactId!, "company"));
    }

    [Fact]
    public async Task NoteOnTheMergedDeal_ReachesTheLeadThatStayed_AndMovedNotesStayOne()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (survivor, loser) = await MergedAsync(bed);
        var dealId = (await bed.SyncOfAsync(loser)).DealId!;
        bed.Sandbox.HeadOffice.AddNote(ObjectType.Deals, dealId, "Клієнт чекає");
        bed.Sandbox.HeadOffice.TouchAll(ObjectType.Notes);

        await bed.LaterAsync(TimeSpan.FromMinutes(6));

        var comments = await bed.ReadAsync(db => db.Comments.OrderBy(row => row.CreatedAt).ToListAsync());
        Assert.Equal(["До злиття", "Клієнт чекає"], comments.Select(row => row.Body));
        Assert.All(comments, row => Assert.Equal(survivor, row.LeadId));
    }

    [Fact]
    public async Task NoteInTheMomentOfAMerge_ReachesTheLeadThatStays()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (survivor, loser) = (await bed.LeadAsync(1), await bed.LeadAsync(2));
        await bed.QuietAsync();
        bed.Sandbox.HeadOffice.AddNote(ObjectType.Deals, (await bed.SyncOfAsync(loser)).DealId!, "Клієнт чекає");
        await using var merging = await HeldTransaction.BeginAsync(
            bed.Get<SyncConnection>().DirectConnectionString,
            "UPDATE leads SET merged_into_id = @survivor, archived_at = updated_at WHERE id = @loser",
            SyncBed.Cancel,
            ("survivor", survivor),
            ("loser", loser)
        );

        var taking = bed.LaterAsync(TimeSpan.FromMinutes(6));
        await merging.UntilWaitedForAsync(SyncBed.Cancel);
        await merging.CommitAsync(SyncBed.Cancel);
        await taking;

        var note = await bed.ReadAsync(db => db.Comments.SingleAsync());
        Assert.Equal(("Клієнт чекає", survivor), (note.Body, note.LeadId));
    }

    [Fact]
    public async Task ChangeOfTheMergedDeal_IsMarkedOnBoth_UntilSomebodyLooked()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (survivor, loser) = await MergedAsync(bed);
        var dealId = (await bed.SyncOfAsync(loser)).DealId!;
        bed.Clock.Advance(TimeSpan.FromMinutes(1));
        bed.Sandbox.HeadOffice.Update(ObjectType.Deals, dealId, "purchase_country", "Оман");

        await bed.LaterAsync(TimeSpan.FromMinutes(6));

        var merged = await bed.LoadAsync(loser);
        Assert.Equal("Оман", merged.Country);
        Assert.True(merged.Attention.HasFlag(Attention.ChangedAfterMerge));
        Assert.Equal("Балі", (await bed.LoadAsync(survivor)).Country);
        var queries = bed.Get<SameClientQueries>();
        var shown = Assert.Single((await queries.OfAsync(bed.Olena, survivor, SyncBed.Cancel)).Absorbed);
        Assert.True(shown.Attention.HasFlag(Attention.ChangedAfterMerge));
        // A merge that HubSpot went on from is not torn apart any more.
        Assert.Null(shown.UndoUntil);

        await bed.Get<LeadMergings>().SettleAsync(bed.Olena, loser, SyncBed.Cancel);
        Assert.Equal(Attention.None, (await bed.LoadAsync(loser)).Attention);
    }

    [Fact]
    public async Task ChainOfMerges_BringsEverythingToTheLast()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (middle, first) = await MergedAsync(bed);
        var last = await bed.LeadAsync(3);
        await bed.QuietAsync();
        await MergeAsync(bed, last, middle, []);
        await bed.QuietAsync();
        var dealId = (await bed.SyncOfAsync(first)).DealId!;
        bed.Clock.Advance(TimeSpan.FromMinutes(1));
        bed.Sandbox.HeadOffice.Update(ObjectType.Deals, dealId, "purchase_country", "Оман");
        bed.Sandbox.HeadOffice.AddNote(ObjectType.Deals, dealId, "Клієнт чекає");
        bed.Sandbox.HeadOffice.TouchAll(ObjectType.Notes);

        await bed.LaterAsync(TimeSpan.FromMinutes(6));

        var note = await bed.ReadAsync(db => db.Comments.SingleAsync(row => row.Body == "Клієнт чекає"));
        Assert.Equal(last, note.LeadId);
        var card = await bed.Get<SameClientQueries>().OfAsync(bed.Olena, last, SyncBed.Cancel);
        var marked = Assert.Single(card.Absorbed, lead => lead.Attention.HasFlag(Attention.ChangedAfterMerge));
        Assert.Equal(first, marked.Id);
        // Pages of the last one read anew, though the change is the first one's.
        Assert.True(
            await bed.ReadAsync(db =>
                db.LeadEvents.AnyAsync(row => row.LeadId == last && row.Kind == LeadEventKind.SyncStateChanged)
            )
        );
    }

    [Fact]
    public async Task AfterAnErasure_NothingOfTheMergedDealComesIn()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (survivor, loser) = await MergedAsync(bed);
        var dealId = (await bed.SyncOfAsync(loser)).DealId!;
        var number = (await bed.LoadAsync(survivor)).Number;
        // Shown was only the one: the other was merged into it meanwhile.
        await bed.Get<ClientErasure>()
            .EraseAsync(bed.Ada, survivor, $"{number}", "прохання", [survivor], SyncBed.Cancel);
        bed.Sandbox.HeadOffice.AddNote(ObjectType.Deals, dealId, "Клієнт чекає");
        bed.Sandbox.HeadOffice.TouchAll(ObjectType.Notes);

        await bed.LaterAsync(TimeSpan.FromMinutes(6));

        Assert.False(await bed.ReadAsync(db => db.Comments.AnyAsync(row => row.Body == "Клієнт чекає")));
    }

    // Two leads of the agent whose deals HubSpot has, with a comment on the one that goes.
    private static async Task<(Guid Survivor, Guid Loser)> MergedAsync(SyncBed bed)
    {
        var survivor = await bed.LeadAsync(1);
        bed.Clock.Advance(TimeSpan.FromMinutes(1));
        var loser = await bed.LeadAsync(2, input => input.Company = "Хвиля");
        await bed.Get<CommentService>()
            .AddAsync(bed.Olena, Guid.CreateVersion7(), loser, "До злиття", null, SyncBed.Cancel);
        await bed.QuietAsync();
        await MergeAsync(bed, survivor, loser, new() { [LeadField.Company] = "Хвиля" });
        await bed.QuietAsync();
        return (survivor, loser);
    }

    private static async Task MergeAsync(SyncBed bed, Guid survivor, Guid loser, Dictionary<LeadField, string?> values)
    {
        var seen = await bed.Get<SameClientQueries>().CompareAsync(bed.Olena, survivor, loser, SyncBed.Cancel);
        var order = new MergeOrder(survivor, loser, values, seen.Left.Values, seen.Right.Values);
        Assert.True(await bed.Get<LeadMergings>().MergeAsync(bed.Olena, order, SyncBed.Cancel));
    }
}
