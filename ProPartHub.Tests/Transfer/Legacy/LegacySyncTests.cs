using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Transfer.Legacy;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.Tests.HubSpot.Sync;
using Xunit;

namespace ProPartHub.Tests.Transfer.Legacy;

/// <summary>Leads that moved in meet their deals in HubSpot afterwards.</summary>
public sealed class LegacySyncTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DealsOfLeadsThatMovedIn_AreRecognised_AndEveryDifferenceIsListed()
    {
        await using var bed = await SyncBed.CreateAsync(deals: 3);
        await using var portal = await LegacyPortal.CreateAsync();
        var deal = bed.Live(ObjectType.Deals)[0];
        await portal.RunAsync(
            $"""
            INSERT INTO "user" (id, username, email, role) VALUES (1, 'chief', 'chief@old.example.com', 'admin');
            INSERT INTO lead (id, agent_id, deal_name, phone, hubspot_deal_id, hubspot_contact_id, hubspot_stage_label)
            VALUES (1, 1, 'Назва старого порталу', NULL, '{deal.IdText}', '1', 'Переговоры');
            """
        );
        await bed.Get<LegacyImport>()
            .RunAsync(new LegacyOrder { From = portal.ConnectionString, IsApplied = true }, Token);

        await bed.OpenAsync();
        await bed.QuietAsync();

        Assert.Equal(3, await bed.ReadAsync(db => db.Leads.CountAsync()));
        Assert.Equal(3, bed.Live(ObjectType.Deals).Count);
        var id = await bed.ReadAsync(db =>
            db.LegacyIds.Where(row => row.Kind == LegacyKind.Lead).Select(row => row.NewId).SingleAsync()
        );
        var sync = await bed.ReadAsync(db => db.LeadSyncs.SingleAsync(row => row.LeadId == id));
        Assert.Equal(deal.IdText, sync.DealId);
        Assert.NotEmpty(sync.Agreed);
        var lead = await bed.ReadAsync(db => db.Leads.Include(row => row.Stage).SingleAsync(row => row.Id == id));
        Assert.Equal((deal["dealname"], deal["dealstage"]), (lead.ClientName, lead.Stage.HubSpotId));
        // What was blank here is HubSpot's now.
        Assert.NotNull(lead.Phone);
        var conflict = await bed.ReadAsync(db =>
            db.SyncConflicts.SingleAsync(row => row.LeadId == id && row.Field == nameof(LeadField.ClientName))
        );
        Assert.Equal(("Назва старого порталу", true), (conflict.Ours, conflict.TheirsWon));
        Assert.Equal(0, await bed.ReadAsync(db => db.Outbox.CountAsync()));
    }
}
