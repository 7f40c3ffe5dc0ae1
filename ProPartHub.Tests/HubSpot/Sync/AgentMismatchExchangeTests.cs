using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.HubSpotSandbox.Objects;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>A decision about agents that differ, carried out against the sandbox: it arrives, once, and comes not back.</summary>
public sealed class AgentMismatchExchangeTests
{
    private const string Owner = "hubspot_owner_id";

    [Fact]
    public async Task TellOurs_ReachesHubSpot_AndIsNoConflict()
    {
        await using var bed = await DifferingAsync();
        var way = await OnlyAsync(bed);

        Assert.Equal(1, await Repair(bed).TellOursAsync(bed.Ada, way.Key, null, SyncBed.Cancel));
        await bed.QuietAsync();

        var sync = await SyncAsync(bed);
        Assert.NotEqual(await OwnerOfAsync(bed, bed.Olena.UserId), bed.Deal(sync, Owner));
        Assert.Equal(await OwnerOfAsync(bed, bed.Ada.UserId), bed.Deal(sync, Owner));
        await RestedAsync(bed, sync, bed.Ada.UserId);
    }

    [Fact]
    public async Task TakeTheirs_SendsNothing_AndIsNoConflict()
    {
        await using var bed = await DifferingAsync();
        var way = await OnlyAsync(bed);
        var sync = await SyncAsync(bed);
        var versions = bed.Versions(ObjectType.Deals, sync.DealId!, Owner);

        Assert.Equal(1, await Repair(bed).TakeTheirsAsync(bed.Ada, way.Key, "Звірка", null, SyncBed.Cancel));
        await bed.Get<SyncAdmin>().SyncLeadNowAsync(bed.Ada, sync.LeadId, SyncBed.Cancel);
        await bed.QuietAsync();

        Assert.Equal(versions, bed.Versions(ObjectType.Deals, sync.DealId!, Owner));
        await RestedAsync(bed, sync, bed.Olena.UserId);
    }

    // Both sides agreed when the deal's owner was nobody here; who that is was said later.
    private static async Task<SyncBed> DifferingAsync()
    {
        var bed = await SyncBed.ConnectedAsync();
        var lead = await bed.LeadAsync(1);
        await bed.QuietAsync();
        await bed.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, token) =>
                {
                    var free = await db
                        .HubSpotOwners.Where(owner =>
                            !owner.IsArchived && !db.Users.Any(user => user.HubSpotOwnerId == owner.Id)
                        )
                        .OrderBy(owner => owner.Id)
                        .FirstAsync(token);
                    (await db.Users.SingleAsync(user => user.Id == bed.Ada.UserId, token)).HubSpotOwnerId = free.Id;
                    (await db.Leads.SingleAsync(row => row.Id == lead, token)).AgentId = bed.Ada.UserId;
                    var sync = await db.LeadSyncs.SingleAsync(row => row.LeadId == lead, token);
                    sync.Agreed = new(sync.Agreed) { [nameof(LeadField.Agent)] = bed.Ada.UserId.ToString() };
                },
                SyncBed.Cancel
            );
        await bed.LaterAsync(TimeSpan.FromSeconds(10));
        return bed;
    }

    private static async Task RestedAsync(SyncBed bed, LeadSync sync, Guid agent)
    {
        Assert.Equal(agent, (await bed.LoadAsync(sync.LeadId)).AgentId);
        Assert.Equal(0, await bed.WaitingAsync());
        Assert.Equal(0, await bed.ReadAsync(db => db.SyncConflicts.CountAsync(SyncBed.Cancel)));
        Assert.Empty((await Queries(bed).PageAsync(bed.Ada, 1, SyncBed.Cancel)).Rows);
        var events = await bed.ReadAsync(db => db.LeadEvents.CountAsync(SyncBed.Cancel));
        await bed.LaterAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(events, await bed.ReadAsync(db => db.LeadEvents.CountAsync(SyncBed.Cancel)));
    }

    private static async Task<AgentMismatch> OnlyAsync(SyncBed bed)
    {
        var way = Assert.Single((await Queries(bed).PageAsync(bed.Ada, 1, SyncBed.Cancel)).Rows);
        Assert.Equal((bed.Olena.UserId, bed.Ada.UserId), (way.Key.Theirs, way.Key.Ours));
        return way;
    }

    private static Task<LeadSync> SyncAsync(SyncBed bed) =>
        bed.ReadAsync(db => db.LeadSyncs.SingleAsync(SyncBed.Cancel));

    private static Task<string?> OwnerOfAsync(SyncBed bed, Guid user) =>
        bed.ReadAsync(db =>
            db.Users.Where(row => row.Id == user).Select(row => row.HubSpotOwnerId).SingleAsync(SyncBed.Cancel)
        );

    private static AgentMismatchQueries Queries(SyncBed bed) => bed.Get<AgentMismatchQueries>();

    private static AgentMismatchRepair Repair(SyncBed bed) => bed.Get<AgentMismatchRepair>();
}
