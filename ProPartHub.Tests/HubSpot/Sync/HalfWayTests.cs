using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Timeline;
using ProPartHub.HubSpotSandbox.Faults;
using ProPartHub.HubSpotSandbox.Objects;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>Pushes that got half way, and what people did before they went on. Each was first found by a history.</summary>
public sealed class HalfWayTests
{
    [Theory]
    [InlineData("/deals/batch/create", 429)]
    [InlineData("/deals/batch/create", 502)]
    [InlineData("/contacts/batch/create", 429)]
    [InlineData("/contacts/batch/create", 503)]
    public async Task CreateThatWasCarriedOutAndRefusedOnTheSecondTry_IsRecognised(string path, int status)
    {
        await using var bed = await SyncBed.ConnectedAsync();
        bed.Sandbox.Faults.Add(
            new Fault
            {
                Status = status,
                AfterWrite = true,
                Path = path,
                Times = 1,
            }
        );

        var id = await bed.LeadAsync(1);
        await bed.QuietAsync();
        await bed.LaterAsync(TimeSpan.FromMinutes(1));

        var sync = await bed.SyncOfAsync(id);
        Assert.Equal(sync.DealId, Assert.Single(bed.Live(ObjectType.Deals)).IdText);
        Assert.Equal(sync.ContactId, Assert.Single(bed.Live(ObjectType.Contacts)).IdText);
        Assert.Equal(0, await bed.ReadAsync(db => db.Outbox.CountAsync(SyncBed.Cancel)));
    }

    [Fact]
    public async Task BatchThatWasCarriedOutAndRefusedOnTheSecondTry_IsLookedUpInOneCall()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        for (var number = 1; number <= 5; number++)
        {
            await bed.LeadAsync(number);
        }

        bed.Sandbox.Faults.Add(
            new Fault
            {
                Status = 429,
                AfterWrite = true,
                Path = "/deals/batch/create",
                Times = 1,
            }
        );
        bed.Sandbox.Calls.Clear();
        await bed.QuietAsync();

        Assert.Equal(5, bed.Live(ObjectType.Deals).Count);
        Assert.Single(
            bed.Sandbox.Calls.Entries,
            call => call.Path.EndsWith("/deals/batch/read", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task ContactMadeBeforeAnEdit_LearnsOfTheEdit()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var fault = bed.Sandbox.Faults.Add(new Fault { Status = 500, Path = "/deals/batch/create" });
        var id = await bed.LeadAsync(1);
        await bed.QuietAsync();
        Assert.Single(bed.Live(ObjectType.Contacts));
        await bed.EditAsync(
            id,
            input => (input.Email, input.Company, input.ClientName) = ("new@example.com", "Хвиля", "Новий Клієнт")
        );

        bed.Sandbox.Faults.Remove(fault);
        await bed.LaterAsync(TimeSpan.FromMinutes(1));

        var sync = await bed.SyncOfAsync(id);
        Assert.Equal("new@example.com", (await bed.LoadAsync(id)).Email);
        Assert.Equal("new@example.com", bed.Contact(sync, "email"));
        Assert.Equal("Хвиля", bed.Contact(sync, "company"));
        Assert.Equal("Новий", bed.Contact(sync, "firstname"));
        Assert.Equal(0, await bed.WaitingAsync());
    }

    [Fact]
    public async Task ContactMadeEarlierAndChangedInHubSpot_KeepsThatChange()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var fault = bed.Sandbox.Faults.Add(new Fault { Status = 500, Path = "/deals/batch/create" });
        var id = await bed.LeadAsync(1);
        await bed.QuietAsync();
        var contact = bed.Live(ObjectType.Contacts)[0].IdText;
        bed.Sandbox.HeadOffice.Update(ObjectType.Contacts, contact, "email", "theirs@example.com");

        bed.Sandbox.Faults.Remove(fault);
        await bed.LaterAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("theirs@example.com", (await bed.LoadAsync(id)).Email);
        Assert.Equal("theirs@example.com", bed.Contact(await bed.SyncOfAsync(id), "email"));
    }

    [Fact]
    public async Task ValueThatReachedTheContactAlone_ReachesTheDealToo()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var id = await bed.LeadAsync(1);
        await bed.QuietAsync();
        var fault = bed.Sandbox.Faults.Add(new Fault { Status = 500, Path = "/deals/batch/update" });
        await bed.EditAsync(id, input => input.Telegram = "hvylia");
        await bed.QuietAsync();
        var sync = await bed.SyncOfAsync(id);
        Assert.Equal("hvylia", bed.Contact(sync, "telegram"));
        Assert.Null(bed.Deal(sync, "telegram"));

        // The contact is met again before the push is due.
        bed.Sandbox.Faults.Remove(fault);
        await bed.WebhookAsync("contact.propertyChange", sync.ContactId!);
        await bed.QuietAsync();
        Assert.Null(bed.Deal(sync, "telegram"));
        await bed.LaterAsync(TimeSpan.FromMinutes(20));

        Assert.Equal("hvylia", bed.Deal(sync, "telegram"));
        Assert.Equal(0, await bed.WaitingAsync());
    }

    [Fact]
    public async Task CommentDeletedHereAndEditedThere_KeepsTheirWordsInTheHistory()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var id = await bed.LeadAsync(1);
        var comment = Guid.CreateVersion7();
        await bed.Get<CommentService>().AddAsync(bed.Olena, comment, id, "Перше", null, SyncBed.Cancel);
        await bed.QuietAsync();
        var note = Assert.Single(bed.Live(ObjectType.Notes)).IdText;

        bed.Sandbox.HeadOffice.Update(ObjectType.Notes, note, "hs_note_body", "Олена Гнатюк: Друге");
        await bed.Get<CommentService>().DeleteAsync(bed.Olena, comment, SyncBed.Cancel);
        await bed.QuietAsync();

        Assert.Empty(bed.Live(ObjectType.Notes));
        var events = await bed.ReadAsync(db => db.LeadEvents.Where(row => row.LeadId == id).ToListAsync());
        Assert.Contains(events, entry => entry.Changes.Any(change => change.After == "Друге"));
    }
}
