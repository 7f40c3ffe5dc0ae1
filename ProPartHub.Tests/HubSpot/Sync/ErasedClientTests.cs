using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Privacy;
using ProPartHub.HubSpotSandbox.Objects;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>A client who was erased here does not come back from HubSpot, where the records stay untouched.</summary>
public sealed class ErasedClientTests
{
    [Fact]
    public async Task ErasedClient_IsNeverTakenInAgain_ByWebhookPollOrAnImportFromTheStart()
    {
        await using var bed = await SyncBed.ConnectedAsync(deals: 3);
        var sync = await bed.PushedAsync();
        var imported = await bed.ReadAsync(db => db.LeadSyncs.FirstAsync(row => row.LeadId != sync.LeadId));
        foreach (var known in new[] { sync, imported })
        {
            await EraseAsync(bed, known.LeadId);
        }

        var leads = await bed.ReadAsync(db => db.Leads.CountAsync());
        foreach (var known in new[] { sync, imported })
        {
            bed.Sandbox.HeadOffice.Update(ObjectType.Deals, known.DealId!, "dealname", "Повернувся");
            bed.Sandbox.HeadOffice.Update(ObjectType.Contacts, known.ContactId!, "firstname", "Повернувся");
        }

        await bed.WebhookAsync("deal.propertyChange", sync.DealId!, eventId: 7, ",\"propertyName\":\"dealname\"");
        await bed.LaterAsync(TimeSpan.FromMinutes(2));
        await bed.ReadAsync(db => db.SyncCursors.ExecuteDeleteAsync());
        await bed.OpenAsync();
        await bed.QuietAsync();

        Assert.Equal(leads, await bed.ReadAsync(db => db.Leads.CountAsync()));
        Assert.Equal(0, await bed.ReadAsync(db => db.Leads.CountAsync(row => row.ClientName.Contains("Повернувся"))));
        foreach (var known in new[] { sync, imported })
        {
            var lead = await bed.LoadAsync(known.LeadId);
            Assert.Equal(($"L-{lead.Number}", null, null), (lead.ClientName, lead.Phone, lead.Email));
            Assert.False(await bed.ReadAsync(db => db.LeadSyncs.AnyAsync(row => row.LeadId == known.LeadId)));
            Assert.Equal("Повернувся", bed.Deal(known, "dealname"));
        }

        Assert.Equal(0, await bed.WaitingAsync());
    }

    [Theory]
    [InlineData("app-eu1.hubspot.com", "app-eu1.hubspot.com")]
    [InlineData(null, "app.hubspot.com")]
    public async Task WhatStaysInHubSpot_IsTold(string? uiDomain, string host)
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var sync = await bed.PushedAsync();
        Assert.Null((await ToEraseAsync(bed, sync)).ContactLink);
        await bed.ReadAsync(db =>
            db.HubSpotAccounts.ExecuteUpdateAsync(row =>
                row.SetProperty(account => account.IsSandbox, false).SetProperty(account => account.UiDomain, uiDomain)
            )
        );

        var lead = await ToEraseAsync(bed, sync);

        Assert.Equal($"https://{host}/contacts/50112233/record/0-1/{sync.ContactId}", lead.ContactLink);
        Assert.Equal($"https://{host}/contacts/50112233/record/0-3/{sync.DealId}", lead.DealLink);
    }

    private static async Task<ErasureLead> ToEraseAsync(SyncBed bed, LeadSync sync) =>
        Assert.Single(await bed.Get<ClientErasure>().LeadsAsync(bed.Ada, sync.LeadId, SyncBed.Cancel));

    private static async Task EraseAsync(SyncBed bed, Guid leadId)
    {
        var number = (await bed.LoadAsync(leadId)).Number;
        await bed.Get<ClientErasure>().EraseAsync(bed.Ada, leadId, $"L-{number}", "прохання", [leadId], SyncBed.Cancel);
    }
}
