using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;
using ProPartHub.HubSpotSandbox.Objects;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>What happens in HubSpot arrives in the portal, by webhook or by poll, once, and nothing is lost by it.</summary>
public sealed class PullTests
{
    [Fact]
    public async Task Poll_BringsAChange()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (id, sync) = await PushedAsync(bed);
        bed.Clock.Advance(TimeSpan.FromMinutes(1));
        bed.Sandbox.HeadOffice.Update(ObjectType.Deals, sync.DealId!, "purchase_country", "Оман");
        bed.Sandbox.HeadOffice.MoveStage(sync.DealId!, "3204738261");

        await bed.LaterAsync(TimeSpan.FromSeconds(31));

        var lead = await bed.LoadAsync(id);
        Assert.Equal("Оман", lead.Country);
        Assert.Equal(LeadStatus.Qualified, lead.Status);
        Assert.Equal(0, await bed.WaitingAsync());
        var events = await bed.ReadAsync(db =>
            db.LeadEvents.Where(entry => entry.LeadId == id && entry.Origin == ChangeOrigin.HubSpot).ToListAsync()
        );
        Assert.Equal([LeadEventKind.Edited, LeadEventKind.StageChanged], events.Select(entry => entry.Kind).Order());
        Assert.All(events, entry => Assert.Equal("HubSpot", entry.ActorName));
    }

    [Fact]
    public async Task Webhooks_DuplicatedAndOutOfOrder_EndInWhatHubSpotHasNow()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (id, sync) = await PushedAsync(bed);
        bed.Sandbox.HeadOffice.MoveStage(sync.DealId!, "3204738261");
        bed.Sandbox.HeadOffice.MoveStage(sync.DealId!, "3204738259");
        var before = await bed.EventsAsync();

        await bed.WebhookAsync("deal.propertyChange", sync.DealId!, eventId: 2, ",\"propertyName\":\"dealstage\"");
        await bed.WebhookAsync("deal.propertyChange", sync.DealId!, eventId: 1, ",\"propertyName\":\"dealstage\"");
        await bed.WebhookAsync("deal.propertyChange", sync.DealId!, eventId: 2, ",\"propertyName\":\"dealstage\"");
        await bed.QuietAsync();

        Assert.Equal(LeadStatus.Contacted, (await bed.LoadAsync(id)).Status);
        Assert.Equal(before + 1, await bed.EventsAsync());
        Assert.Equal(2, await bed.ReadAsync(db => db.WebhookEvents.CountAsync(entry => entry.ProcessedAt != null)));
    }

    [Fact]
    public async Task NewDeal_BecomesALead_WithoutPhoneToo()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var dealId = bed.Sandbox.HeadOffice.Create(
            ObjectType.Deals,
            new Dictionary<string, string?>
            {
                ["dealname"] = "Вілла для Марії",
                ["pipeline"] = "2341107958",
                ["dealstage"] = "3204738265",
                ["amount"] = "750000",
                ["hubspot_owner_id"] = "81544104",
            }
        );

        await bed.WebhookAsync("deal.creation", dealId);
        await bed.QuietAsync();

        var lead = await bed.ReadAsync(db => db.Leads.SingleAsync());
        Assert.Equal("Вілла для Марії", lead.ClientName);
        Assert.Equal(750_000, lead.BudgetFrom);
        Assert.Null(lead.AgentId);
        Assert.Equal(Attention.NoPhone | Attention.UnknownAgent, lead.Attention);
    }

    [Fact]
    public async Task TwoDealsOnOnePhone_AreTwoLeads()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        foreach (var name in new[] { "Перша", "Друга" })
        {
            var properties = new Dictionary<string, string?>
            {
                ["dealname"] = name,
                ["pipeline"] = "2341107958",
                ["dealstage"] = "3204738258",
                ["phone_number"] = "+380 50 123 45 67",
            };
            await bed.WebhookAsync("deal.creation", bed.Sandbox.HeadOffice.Create(ObjectType.Deals, properties));
            await bed.QuietAsync();
        }

        var leads = await bed.ReadAsync(db => db.Leads.OrderBy(lead => lead.Number).ToListAsync());
        Assert.Equal(["+380501234567", "+380501234567"], leads.Select(lead => lead.Phone));
        Assert.True(leads[1].Attention.HasFlag(Attention.SharedPhone));
    }

    [Fact]
    public async Task BothSidesChanged_HubSpotWinsAndTheLoserIsRestorable()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (id, sync) = await PushedAsync(bed);
        bed.Sandbox.HeadOffice.Update(ObjectType.Deals, sync.DealId!, "purchase_country", "Оман");
        await bed.EditAsync(id, input => (input.Country, input.Language) = ("Дубай", "русский"));

        await bed.QuietAsync();

        // The other field, changed only here, went through all the same.
        Assert.Equal("Оман", (await bed.LoadAsync(id)).Country);
        Assert.Equal("русский", bed.Deal(sync, "language"));
        var status = await bed.Get<LeadSyncQueries>().StatusAsync(bed.Olena, id, SyncBed.Cancel);
        var conflict = Assert.Single(status.Conflicts);
        Assert.Equal(
            ("Country", "Балі", "Дубай", "Оман", true),
            (conflict.Field, conflict.Base, conflict.Ours, conflict.Theirs, conflict.TheirsWon)
        );

        await bed.Get<ConflictService>().RestoreAsync(bed.Olena, conflict.Id, SyncBed.Cancel);
        await bed.QuietAsync();

        Assert.Equal("Дубай", (await bed.LoadAsync(id)).Country);
        Assert.Equal("Дубай", bed.Deal(sync, "purchase_country"));
        Assert.Empty((await bed.Get<LeadSyncQueries>().StatusAsync(bed.Olena, id, SyncBed.Cancel)).Conflicts);
    }

    [Fact]
    public async Task AgentChosenInThePortal_IsNotOverwrittenButShown()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (id, sync) = await PushedAsync(bed);
        foreach (var property in new[] { "hubspot_owner_id", "responisble_agent", "from_agent_portal__name_" })
        {
            bed.Sandbox.HeadOffice.Update(ObjectType.Deals, sync.DealId!, property, "");
        }

        await bed.Get<LeadService>().TransferAsync(bed.Ada, id, bed.Ada.UserId, null, SyncBed.Cancel);

        await bed.QuietAsync();

        Assert.Equal(bed.Ada.UserId, (await bed.LoadAsync(id)).AgentId);
        Assert.Equal("ada", bed.Deal(sync, "responisble_agent"));
        var conflict = Assert.Single(await bed.ReadAsync(db => db.SyncConflicts.ToListAsync()));
        Assert.Equal(("Agent", false), (conflict.Field, conflict.TheirsWon));
    }

    [Fact]
    public async Task ChangedContact_ReachesItsLeads()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (id, sync) = await PushedAsync(bed);
        bed.Sandbox.HeadOffice.Update(ObjectType.Contacts, sync.ContactId!, "company", "Хвиля");

        await bed.WebhookAsync("contact.propertyChange", sync.ContactId!);
        await bed.QuietAsync();

        Assert.Equal("Хвиля", (await bed.LoadAsync(id)).Company);
    }

    [Fact]
    public async Task DeletedDeal_IsMarkedAndTheRestoredOneGoesOn()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (id, sync) = await PushedAsync(bed);
        bed.Sandbox.HeadOffice.Archive(ObjectType.Deals, sync.DealId!);
        await bed.WebhookAsync("deal.deletion", sync.DealId!);
        await bed.QuietAsync();

        Assert.True((await bed.LoadAsync(id)).Attention.HasFlag(Attention.DeletedInHubSpot));
        Assert.NotNull((await bed.SyncOfAsync(id)).DeletedAt);

        // An edit meanwhile harms nothing and makes no second deal.
        await bed.EditAsync(id, input => input.Company = "Хвиля");
        await bed.QuietAsync();
        Assert.Empty(bed.Live(ObjectType.Deals));

        bed.Sandbox.HeadOffice.Restore(ObjectType.Deals, sync.DealId!);
        await bed.WebhookAsync("deal.restore", sync.DealId!, eventId: 2);
        await bed.QuietAsync();
        Assert.Equal(Attention.None, (await bed.LoadAsync(id)).Attention);
    }

    [Fact]
    public async Task MergedContacts_AreFollowedToTheSurvivor()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (id, sync) = await PushedAsync(bed);
        var other = bed.Sandbox.HeadOffice.Create(
            ObjectType.Contacts,
            new Dictionary<string, string?> { ["email"] = "other@example.com" }
        );
        var survivor = bed.Sandbox.HeadOffice.Merge(ObjectType.Contacts, sync.ContactId!, other);

        await bed.WebhookAsync("contact.merge", sync.ContactId!, extra: $",\"newObjectId\":{survivor}");
        await bed.QuietAsync();

        Assert.Equal(survivor, (await bed.SyncOfAsync(id)).ContactId);
        await bed.EditAsync(id, input => input.Company = "Хвиля");
        await bed.QuietAsync();
        Assert.Equal("Хвиля", bed.Value(ObjectType.Contacts, survivor, "company"));
    }

    [Fact]
    public async Task ArchivedHere_IsNotDeletedThere()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var (id, sync) = await PushedAsync(bed);

        await bed.Get<LeadService>().ArchiveAsync(bed.Olena, id, SyncBed.Cancel);
        await bed.QuietAsync();

        Assert.Equal(sync.DealId, Assert.Single(bed.Live(ObjectType.Deals)).IdText);
        Assert.Equal(0, await bed.WaitingAsync());
    }

    private static async Task<(Guid Id, LeadSync Sync)> PushedAsync(SyncBed bed)
    {
        var sync = await bed.PushedAsync();
        return (sync.LeadId, sync);
    }
}
