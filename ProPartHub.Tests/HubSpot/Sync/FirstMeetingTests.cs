using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.HubSpotSandbox.Faults;
using ProPartHub.HubSpotSandbox.Objects;
using Xunit;
using static ProPartHub.Tests.HubSpot.Sync.SyncBed;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>
/// A lead and a contact that was there before it, with nothing agreed on: blanks are filled on both sides, HubSpot's value
/// wins, and ours is kept for people to see.
/// </summary>
public sealed class FirstMeetingTests
{
    [Fact]
    public async Task BlanksAreFilled_HubSpotsValuesWin_AndOursAreKeptAsLosers()
    {
        await using var bed = await ConnectedAsync();
        var contactId = bed.ContactThere(
            ("email", "client7@example.com"),
            ("phone", "+380 67 111 22 33"),
            ("company", "Їхня"),
            ("telegram", "theirs")
        );

        var id = await bed.LeadAsync(7, input => (input.Company, input.Messenger) = ("Наша", "whatsapp"));
        await bed.QuietAsync();

        var sync = await bed.SyncOfAsync(id);
        var lead = await bed.LoadAsync(id);
        Assert.Equal(contactId, sync.ContactId);
        Assert.Equal(("Їхня", "+380671112233", "theirs"), (lead.Company, lead.Phone, lead.Telegram));
        Assert.Equal("Клієнт Новий 7", lead.ClientName);
        Assert.Equal(("Їхня", "whatsapp"), (bed.Contact(sync, "company"), bed.Contact(sync, "messenger")));
        Assert.Equal(("Клієнт", "Новий 7"), (bed.Contact(sync, "firstname"), bed.Contact(sync, "lastname")));
        Assert.Equal(("+380671112233", "theirs"), (bed.Deal(sync, "phone_number"), bed.Deal(sync, "telegram")));
        var conflicts = await bed.ReadAsync(db => db.SyncConflicts.OrderBy(row => row.Field).ToListAsync(Cancel));
        Assert.Equal(
            [("Company", "Наша", "Їхня", true), ("Phone", "+380501000007", "+380671112233", true)],
            conflicts.Select(row => (row.Field, row.Ours, row.Theirs, row.TheirsWon))
        );
        Assert.Equal(0, await bed.WaitingAsync());

        await bed.Get<ConflictService>().RestoreAsync(bed.Ada, conflicts[0].Id, Cancel);
        await bed.QuietAsync();
        Assert.Equal("Наша", bed.Contact(sync, "company"));
        Assert.Equal("Наша", (await bed.LoadAsync(id)).Company);
    }

    [Fact]
    public async Task NameOfTheContact_IsHubSpotsValueToo()
    {
        await using var bed = await ConnectedAsync();
        bed.ContactThere(("email", "client7@example.com"), ("firstname", "Іван"), ("lastname", "Їжак"));

        var id = await bed.LeadAsync(7);
        await bed.QuietAsync();

        Assert.Equal("Іван Їжак", (await bed.LoadAsync(id)).ClientName);
        Assert.Equal("Іван Їжак", bed.Deal(await bed.SyncOfAsync(id), "dealname"));
        var conflict = await bed.ReadAsync(db => db.SyncConflicts.SingleAsync(Cancel));
        Assert.Equal(("ClientName", "Клієнт Новий 7"), (conflict.Field, conflict.Ours));
    }

    [Fact]
    public async Task OurPhoneAmongSeveralOfTheContact_IsNoDifference()
    {
        await using var bed = await ConnectedAsync();
        bed.ContactThere(
            ("email", "client7@example.com"),
            ("mobilephone", "+380 67 111 22 33"),
            ("phone", "+380 50 100 0007")
        );

        var id = await bed.LeadAsync(7);
        await bed.QuietAsync();

        Assert.Equal("+380501000007", (await bed.LoadAsync(id)).Phone);
        Assert.Equal(0, await bed.ReadAsync(db => db.SyncConflicts.CountAsync(Cancel)));
    }

    [Fact]
    public async Task ValueRestoredBeforeTheDealCouldBeMade_IsNotLostAgain()
    {
        await using var bed = await ConnectedAsync();
        bed.ContactThere(("email", "client7@example.com"), ("company", "Їхня"));
        var fault = bed.Sandbox.Faults.Add(new Fault { Status = 500, Path = "/deals/batch/create" });
        var id = await bed.LeadAsync(7, input => input.Company = "Наша");
        await bed.QuietAsync();
        Assert.Empty(bed.Live(ObjectType.Deals));
        var conflict = await bed.ReadAsync(db => db.SyncConflicts.SingleAsync(Cancel));
        await bed.Get<ConflictService>().RestoreAsync(bed.Ada, conflict.Id, Cancel);

        bed.Sandbox.Faults.Remove(fault);
        await bed.LaterAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("Наша", (await bed.LoadAsync(id)).Company);
        Assert.Equal("Наша", bed.Contact(await bed.SyncOfAsync(id), "company"));
        Assert.Equal(1, await bed.ReadAsync(db => db.SyncConflicts.CountAsync(Cancel)));
        Assert.Equal(0, await bed.WaitingAsync());
    }

    [Fact]
    public async Task InboundOff_HubSpotsValueWaits_AndIsSeenOnceItIsOn()
    {
        await using var bed = await ConnectedAsync();
        bed.ContactThere(("email", "client7@example.com"), ("company", "Їхня"));
        await bed.SwitchAsync(SyncPart.Inbound, false);
        var id = await bed.LeadAsync(7, input => input.Company = "Наша");
        await bed.QuietAsync();
        var sync = await bed.SyncOfAsync(id);
        Assert.NotNull(sync.DealId);
        Assert.Equal(("Наша", "Їхня"), ((await bed.LoadAsync(id)).Company, bed.Contact(sync, "company")));

        await bed.SwitchAsync(SyncPart.Inbound, true);
        await bed.QuietAsync();

        Assert.Equal("Їхня", (await bed.LoadAsync(id)).Company);
        var conflict = await bed.ReadAsync(db => db.SyncConflicts.SingleAsync(Cancel));
        Assert.Equal(("Company", "Наша"), (conflict.Field, conflict.Ours));
        Assert.Equal(0, await bed.WaitingAsync());
    }
}
