using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.Timeline;
using ProPartHub.HubSpotSandbox.Faults;
using ProPartHub.HubSpotSandbox.Objects;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>What people do in the portal reaches HubSpot, once, whatever goes wrong on the way.</summary>
public sealed class PushTests
{
    [Fact]
    public async Task NewLead_BecomesOneContactAndOneDealTiedTogether()
    {
        await using var bed = await SyncBed.ConnectedAsync();

        var id = await bed.LeadAsync(1);
        await bed.QuietAsync();

        var sync = await bed.SyncOfAsync(id);
        Assert.Equal(sync.DealId, Assert.Single(bed.Live(ObjectType.Deals)).IdText);
        Assert.Equal(sync.ContactId, Assert.Single(bed.Live(ObjectType.Contacts)).IdText);
        Assert.Equal("Клієнт Новий 1", bed.Deal(sync, "dealname"));
        Assert.Equal("350000", bed.Deal(sync, "amount"));
        Assert.Equal("3204738258", bed.Deal(sync, "dealstage"));
        Assert.Equal("2341107958", bed.Deal(sync, "pipeline"));
        Assert.Equal("81544101", bed.Deal(sync, "hubspot_owner_id"));
        Assert.Equal("olena", bed.Deal(sync, "responisble_agent"));
        Assert.Equal("Балі", bed.Deal(sync, "purchase_country"));
        Assert.Equal(id.ToString(), bed.Deal(sync, AccountSchema.LeadIdProperty));
        Assert.Equal("Клієнт", bed.Contact(sync, "firstname"));
        Assert.Equal("client1@example.com", bed.Contact(sync, "email"));
        Assert.Equal(0, await bed.WaitingAsync());
        Assert.Null(sync.CreatingSince);
    }

    [Fact]
    public async Task Edit_SendsOnlyWhatDiffers()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var id = await bed.LeadAsync(1);
        await bed.QuietAsync();
        bed.Sandbox.Calls.Clear();

        await bed.EditAsync(id, input => input.Country = "Дубай");
        await bed.QuietAsync();

        var write = Assert.Single(
            bed.Sandbox.Calls.Entries,
            call => call.Path.EndsWith("/batch/update", StringComparison.Ordinal)
        );
        Assert.Contains("purchase_country", write.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("dealname", write.Body, StringComparison.Ordinal);
        Assert.Equal("Дубай", bed.Deal(await bed.SyncOfAsync(id), "purchase_country"));
        Assert.Equal(0, await bed.WaitingAsync());
    }

    [Fact]
    public async Task ManyLeads_GoInBatches()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        for (var number = 0; number < 30; number++)
        {
            await bed.LeadAsync(number);
        }

        bed.Sandbox.Calls.Clear();
        await bed.QuietAsync();

        Assert.Equal(30, bed.Live(ObjectType.Deals).Count);
        Assert.Equal(30, bed.Live(ObjectType.Contacts).Count);
        Assert.Equal(
            2,
            bed.Sandbox.Calls.Entries.Count(call => call.Path.EndsWith("/batch/create", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task KnownClient_IsFoundByMailAndNotMadeAgain()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var contactId = bed.Sandbox.HeadOffice.Create(
            ObjectType.Contacts,
            new Dictionary<string, string?> { ["email"] = "client7@example.com", ["company"] = "Хвиля" }
        );

        var id = await bed.LeadAsync(7);
        await bed.QuietAsync();

        var sync = await bed.SyncOfAsync(id);
        Assert.Equal(contactId, sync.ContactId);
        Assert.Equal("+380501000007", bed.Contact(sync, "phone"));
        Assert.Equal("Хвиля", (await bed.LoadAsync(id)).Company);
    }

    [Fact]
    public async Task KnownClient_IsFoundByPhoneAsPeopleSpellIt()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var contactId = bed.Sandbox.HeadOffice.Create(
            ObjectType.Contacts,
            new Dictionary<string, string?> { ["firstname"] = "Іван", ["phone"] = "+380 50 100 0008" }
        );

        var id = await bed.LeadAsync(8);
        await bed.QuietAsync();

        Assert.Equal(contactId, (await bed.SyncOfAsync(id)).ContactId);
    }

    [Theory]
    [InlineData("/deals/batch/create", FaultKind.Cut)]
    [InlineData("/contacts/batch/create", FaultKind.Cut)]
    [InlineData("/deals/batch/create", FaultKind.Status)]
    [InlineData("/contacts/batch/create", FaultKind.Status)]
    public async Task Create_CarriedOutButTheAnswerLost_IsFoundAgain(string path, FaultKind kind)
    {
        // The search index lags: only the unique property can find what was just made.
        await using var bed = await SyncBed.ConnectedAsync(indexDelay: TimeSpan.FromMinutes(10));
        bed.Sandbox.Faults.Add(
            new Fault
            {
                Kind = kind,
                AfterWrite = true,
                Method = "POST",
                Path = path,
                Times = 1,
            }
        );

        var id = await bed.LeadAsync(1);
        await bed.QuietAsync();
        await bed.LaterAsync(TimeSpan.FromSeconds(10));

        var sync = await bed.SyncOfAsync(id);
        Assert.Equal(sync.DealId, Assert.Single(bed.Live(ObjectType.Deals)).IdText);
        Assert.Equal(sync.ContactId, Assert.Single(bed.Live(ObjectType.Contacts)).IdText);
        Assert.Equal(0, await bed.WaitingAsync());
    }

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Failures_ArePassedThrough(int status)
    {
        await using var bed = await SyncBed.ConnectedAsync();
        bed.Sandbox.Faults.Add(
            new Fault
            {
                Status = status,
                Path = "/crm/",
                Times = 3,
            }
        );

        var id = await bed.LeadAsync(1);
        await bed.QuietAsync();
        for (var i = 0; i < 6; i++)
        {
            await bed.LaterAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal((await bed.SyncOfAsync(id)).DealId, Assert.Single(bed.Live(ObjectType.Deals)).IdText);
        Assert.Single(bed.Live(ObjectType.Contacts));
        Assert.Equal(0, await bed.WaitingAsync());
    }

    [Fact]
    public async Task BadValue_IsParkedInHubSpotsWordsAndTheRestIsSent()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var id = await bed.LeadAsync(1);
        await bed.QuietAsync();
        bed.Sandbox.HeadOffice.Update(ObjectType.Deals, (await bed.SyncOfAsync(id)).DealId!, "telegram", "was_here");
        await bed.LaterAsync(TimeSpan.FromSeconds(40));

        // A value our lists do not offer, as an import may bring: HubSpot's options do not have it either.
        await bed.Get<Domain.Data.HubDatabase>()
            .InTransactionAsync(
                async (db, token) =>
                {
                    var lead = await db.Leads.SingleAsync(row => row.Id == id, token);
                    var recorder = new LeadRecorder(bed.Ada, ChangeOrigin.Portal, bed.Clock.GetUtcNow());
                    recorder.Edit(db, lead, [new(LeadField.Language, "клінгонська"), new(LeadField.Country, "Дубай")]);
                    await recorder.MarkForHubSpotAsync(db, OutboxKind.Lead, id, id, token);
                },
                SyncBed.Cancel
            );
        await bed.QuietAsync();

        var sync = await bed.SyncOfAsync(id);
        Assert.Equal("Дубай", bed.Deal(sync, "purchase_country"));
        Assert.Equal("украинский", bed.Deal(sync, "language"));
        var parked = Assert.Single((await bed.Get<SyncTroubleQueries>().ParkedAsync(bed.Ada, 1, SyncBed.Cancel)).Rows);
        Assert.Contains("language", parked.Words, StringComparison.Ordinal);

        // Mended by a person: it goes through, and nothing is parked any more.
        await bed.EditAsync(id, input => input.Language = "русский");
        await bed.QuietAsync();
        Assert.Equal("русский", bed.Deal(sync, "language"));
        Assert.Empty((await bed.Get<SyncTroubleQueries>().ParkedAsync(bed.Ada, 1, SyncBed.Cancel)).Rows);
    }

    [Fact]
    public async Task OwnWrite_ComingBack_IsNoNewsAndNoPush()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var id = await bed.LeadAsync(1);
        await bed.QuietAsync();
        var sync = await bed.SyncOfAsync(id);
        var events = await bed.EventsAsync();
        bed.Sandbox.Calls.Clear();

        await bed.WebhookAsync("deal.creation", sync.DealId!);
        await bed.WebhookAsync("contact.creation", sync.ContactId!, eventId: 2);
        await bed.LaterAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(events, await bed.EventsAsync());
        Assert.Equal(0, await bed.WaitingAsync());
        Assert.DoesNotContain(
            bed.Sandbox.Calls.Entries,
            call =>
                call.Path.EndsWith("/update", StringComparison.Ordinal)
                || call.Path.EndsWith("/create", StringComparison.Ordinal)
        );
    }
}
