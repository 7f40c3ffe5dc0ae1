using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;
using ProPartHub.HubSpotSandbox.Faults;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.Tests.HubSpot.Histories;
using Xunit;
using static ProPartHub.Tests.HubSpot.Sync.SyncBed;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>Pages are read ahead of the step that stores them: nobody waits for them, and none is lost or taken twice.</summary>
public sealed class PagesAheadTests
{
    private const int Reserve = 3;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KilledAtOneCallAfterAnother_EverythingIsImportedOnce(bool afterAnswer)
    {
        using var wire = new Wire();
        await using var bed = await CreateAsync(deals: 250, wire: wire.Handler);
        var lives = 0;
        for (var isDone = false; !isDone; lives++)
        {
            Assert.True(lives < 100, "The import does not get on.");
            wire.Revive();
            await bed.OpenAsync();

            // Later with every life: each call of an import is once the last.
            wire.KillAt(lives + 1, afterAnswer);
            try
            {
                await bed.QuietAsync();
                isDone = true;
            }
            catch (KilledException) { }
        }

        Assert.True(lives > 15, "The kills met hardly any page.");
        var cursors = await bed.ReadAsync(db => db.SyncCursors.ToDictionaryAsync(row => row.ObjectType, Cancel));
        Assert.All(RecordPages.Types, type => Assert.NotNull(cursors[type].ImportedAt));
        Assert.Equal(250, cursors[HubSpotObjectTypes.Deals].Imported);
        Assert.Equal(bed.Live(ObjectType.Calls).Count, cursors[HubSpotObjectTypes.Calls].Imported);
        Assert.Equal(250, await bed.ReadAsync(db => db.Leads.CountAsync(Cancel)));
        Assert.Equal(
            250,
            await bed.ReadAsync(db => db.LeadEvents.CountAsync(row => row.Kind == LeadEventKind.Created, Cancel))
        );
        Assert.Equal(
            bed.Live(ObjectType.Notes).Count,
            await bed.ReadAsync(db => db.NoteSyncs.Select(row => row.NoteId).Distinct().CountAsync(Cancel))
        );
    }

    [Fact]
    public async Task EditGoesOut_WhileTheNextPageWaitsForItsPlace()
    {
        await using var bed = await ImportingAsync(deals: 900);
        var limiter = bed.Get<HubSpotLimiter>();
        while (General(limiter).Used < General(limiter).Limit - Reserve)
        {
            await limiter.TakeAsync(HubSpotBucket.General, HubSpotPriority.Backfill, Cancel);
        }

        await DrainAsync(bed);
        Assert.True(General(limiter).Waiting[HubSpotPriority.Backfill] > 0);
        var sync = await bed.ReadAsync(db => db.LeadSyncs.OrderBy(row => row.LeadId).FirstAsync(Cancel));
        await bed.EditAsync(sync.LeadId, typed => typed.Country = "Оман");

        // Nobody moves the clock: whoever waits for the limiter waits for good.
        Assert.True(await RoundAsync(bed));

        Assert.Equal("Оман", bed.Deal(sync, "purchase_country"));
        Assert.True(General(limiter).Waiting[HubSpotPriority.Backfill] > 0);
    }

    [Fact]
    public async Task WebhookIsTaken_WhileTheNextPageWaitsForTheAccountsNextDay()
    {
        await using var bed = await ImportingAsync(deals: 900);
        var limiter = bed.Get<HubSpotLimiter>();
        var place = await limiter.TakeAsync(HubSpotBucket.General, HubSpotPriority.Changes, Cancel);
        limiter.Learn(place, new HubSpotRateHeaders(null, null, 250_000, 10_000));
        await DrainAsync(bed);
        var sync = await bed.ReadAsync(db => db.LeadSyncs.OrderBy(row => row.LeadId).FirstAsync(Cancel));
        bed.Sandbox.HeadOffice.Update(ObjectType.Deals, sync.DealId!, "purchase_country", "Дубай");
        await bed.WebhookAsync("deal.propertyChange", sync.DealId!);

        Assert.True(await RoundAsync(bed));

        Assert.Equal("Дубай", (await bed.LoadAsync(sync.LeadId)).Country);
        Assert.NotNull(limiter.Snapshot().BackfillHeldUntil);
    }

    [Fact]
    public async Task SwitchTurnedOff_DropsWhatWasReadAhead()
    {
        await using var bed = await CreateAsync(deals: 250);
        await bed.OpenAsync();
        await bed.OnceAsync();
        await bed.SwitchAsync(SyncPart.Inbound, false);
        await bed.QuietAsync();
        var deal = bed.Live(ObjectType.Deals)[0].IdText;
        bed.Clock.Advance(TimeSpan.FromSeconds(1));
        bed.Sandbox.HeadOffice.Update(ObjectType.Deals, deal, "purchase_country", "Дубай");

        await bed.SwitchAsync(SyncPart.Inbound, true);
        await bed.QuietAsync();

        await AssertUntouchedAsync(bed, deal, "Дубай");
        Assert.Equal(250, await bed.ReadAsync(db => db.Leads.CountAsync(Cancel)));
    }

    [Theory]
    [InlineData("/objects/2026-03/deals", 500)]
    [InlineData("/contacts/batch/read", 500)]
    [InlineData("/contacts/batch/read", 401)]
    public async Task PageThatFails_IsSeenAfterThoseBefore_AndReadAgain(string path, int status)
    {
        await using var bed = await CreateAsync(deals: 450);
        await bed.OpenAsync();
        var fault = bed.Sandbox.Faults.Add(
            new Fault
            {
                Status = status,
                // Not the search that counts the deals.
                Method = path.EndsWith("/deals", StringComparison.Ordinal) ? "GET" : null,
                Path = path,
                Skip = 1,
            }
        );

        var failure = await Assert.ThrowsAnyAsync<HubSpotException>(bed.QuietAsync);

        Assert.Equal(status == 401, failure is HubSpotUnauthorizedException);

        // Lists come one after another; whose contacts come second is chance.
        var before = path.EndsWith("/deals", StringComparison.Ordinal) ? 100 : 0;
        Assert.InRange(await bed.ReadAsync(db => db.Leads.CountAsync(Cancel)), before, 100);
        bed.Sandbox.Faults.Remove(fault);
        await bed.LaterAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(450, await bed.ReadAsync(db => db.Leads.CountAsync(Cancel)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RoundThatRestsOrEnds_LeavesNobodyInLine(bool ends)
    {
        await using var bed = await ImportingAsync(deals: 900);
        var limiter = bed.Get<HubSpotLimiter>();
        while (General(limiter).Used < General(limiter).Limit - Reserve)
        {
            await limiter.TakeAsync(HubSpotBucket.General, HubSpotPriority.Backfill, Cancel);
        }

        await DrainAsync(bed);

        await (ends ? bed.Round.DisposeAsync().AsTask() : bed.Round.RestAsync(SyncBed.Cancel));

        Assert.Equal(0, General(limiter).Waiting[HubSpotPriority.Backfill]);
        bed.Clock.Advance(TimeSpan.FromSeconds(11));
        await bed.QuietAsync();
        Assert.Equal(900, await bed.ReadAsync(db => db.Leads.CountAsync(Cancel)));
    }

    private static HubSpotBucketSnapshot General(HubSpotLimiter limiter) =>
        limiter.Snapshot().Buckets[(int)HubSpotBucket.General];

    /// <summary>A hub in the middle of its import.</summary>
    private static async Task<SyncBed> ImportingAsync(int deals)
    {
        var bed = await CreateAsync(deals: deals);
        await bed.OpenAsync();
        await bed.OnceAsync();
        await bed.OnceAsync();
        return bed;
    }

    // Takes what was read ahead until the next page is on its way; the clock stands.
    private static async Task DrainAsync(SyncBed bed)
    {
        while (await RoundAsync(bed)) { }
    }

    private static Task<bool> RoundAsync(SyncBed bed) =>
        bed.Round.RunOnceAsync(Cancel).WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, Cancel);

    private static async Task AssertUntouchedAsync(SyncBed bed, string dealId, string country)
    {
        var sync = await bed.ReadAsync(db => db.LeadSyncs.SingleAsync(row => row.DealId == dealId, Cancel));
        Assert.Equal(country, (await bed.LoadAsync(sync.LeadId)).Country);
        Assert.Equal(
            [LeadEventKind.Created],
            await bed.ReadAsync(db =>
                db.LeadEvents.Where(row => row.LeadId == sync.LeadId).Select(row => row.Kind).ToListAsync(Cancel)
            )
        );
    }
}
