using Microsoft.EntityFrameworkCore;
using ProPartHub.HubSpotSandbox.Objects;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>Two leads of one client stand on one contact: what is typed in either is typed in both.</summary>
public sealed class SharedContactTests
{
    [Fact]
    public async Task DifferentValuesInOneBatch_OneStands_AndTheOtherIsAConflict()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (first, second) = await TwoOfOneClientAsync(bed);
        await bed.EditAsync(first, input => input.Company = "Перша");
        bed.Clock.Advance(TimeSpan.FromSeconds(1));
        await bed.EditAsync(second, input => input.Company = "Друга");

        await bed.QuietAsync();
        await bed.LaterAsync(TimeSpan.FromMinutes(20));

        var stands = bed.Contact(await bed.SyncOfAsync(first), "company");
        Assert.Equal("Перша", stands);
        Assert.Equal(stands, (await bed.LoadAsync(first)).Company);
        Assert.Equal(stands, (await bed.LoadAsync(second)).Company);
        var conflict = Assert.Single(await bed.ReadAsync(db => db.SyncConflicts.ToListAsync(SyncBed.Cancel)));
        Assert.Equal((second, "Друга"), (conflict.LeadId, conflict.TheirsWon ? conflict.Ours : conflict.Theirs));
        Assert.Equal(0, await bed.WaitingAsync());
    }

    [Fact]
    public async Task DifferentFieldsInOneBatch_BothStandInBoth()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (first, second) = await TwoOfOneClientAsync(bed);
        await bed.EditAsync(first, input => input.Company = "Перша");
        await bed.EditAsync(second, input => input.Telegram = "druha");

        await bed.QuietAsync();
        await bed.LaterAsync(TimeSpan.FromMinutes(20));

        foreach (var id in new[] { first, second })
        {
            var lead = await bed.LoadAsync(id);
            Assert.Equal(("Перша", "druha"), (lead.Company, lead.Telegram));
            Assert.Equal("druha", bed.Contact(await bed.SyncOfAsync(id), "telegram"));
        }

        Assert.Empty(await bed.ReadAsync(db => db.SyncConflicts.ToListAsync(SyncBed.Cancel)));
        Assert.Equal(0, await bed.WaitingAsync());
    }

    private static async Task<(Guid First, Guid Second)> TwoOfOneClientAsync(SyncBed bed)
    {
        var first = await bed.PushedAsync();
        var deal = bed.Sandbox.HeadOffice.Create(
            ObjectType.Deals,
            new Dictionary<string, string?>
            {
                ["dealname"] = "Друга угода",
                ["pipeline"] = "2341107958",
                ["dealstage"] = "3204738258",
            },
            (ObjectType.Contacts, first.ContactId!)
        );
        await bed.WebhookAsync("deal.creation", deal);
        await bed.QuietAsync();
        await bed.LaterAsync(TimeSpan.FromMinutes(20));
        var second = await bed.ReadAsync(db => db.LeadSyncs.SingleAsync(sync => sync.DealId == deal, SyncBed.Cancel));
        Assert.Equal(first.ContactId, second.ContactId);
        return (first.LeadId, second.LeadId);
    }
}
