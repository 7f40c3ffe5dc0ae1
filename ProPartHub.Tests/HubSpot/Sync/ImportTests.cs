using Microsoft.EntityFrameworkCore;
using Npgsql;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Timeline;
using ProPartHub.HubSpotSandbox.Objects;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

public sealed class ImportTests
{
    [Fact]
    public async Task TwoThousandDeals_AreTakenWithProgressAndSurviveACrashBetweenPages()
    {
        await using var bed = await SyncBed.CreateAsync(deals: 2000);
        await bed.OpenAsync();

        // The first refresh reads the account; then a page a round.
        for (var round = 0; round < 6; round++)
        {
            await bed.OnceAsync();
        }

        var early = (await bed.Get<SyncStatusQueries>().StatusAsync(bed.Ada, SyncBed.Cancel)).Import[0];
        Assert.Equal((HubSpotObjectTypes.Deals, 2000, false), (early.ObjectType, early.Total, early.IsDone));
        Assert.InRange(early.Imported, 300, 700);

        // Another holder goes on where this one stopped.
        await bed.OpenAsync();
        await bed.QuietAsync();

        var status = await bed.Get<SyncStatusQueries>().StatusAsync(bed.Ada, SyncBed.Cancel);
        Assert.All(status.Import, part => Assert.True(part.IsDone));
        Assert.Equal(2000, status.Import[0].Imported);
        Assert.Equal(2000, await bed.ReadAsync(db => db.Leads.CountAsync()));
        Assert.Equal(2000, await bed.ReadAsync(db => db.LeadSyncs.Select(sync => sync.DealId).Distinct().CountAsync()));
        Assert.Equal(
            2000,
            await bed.ReadAsync(db => db.LeadEvents.CountAsync(entry => entry.Kind == LeadEventKind.Created))
        );
        Assert.Equal(0, await bed.ReadAsync(db => db.Outbox.CountAsync()));
        Assert.Equal(
            bed.Live(ObjectType.Calls).Count,
            await bed.ReadAsync(db =>
                db.Activities.Where(row => row.Kind == ActivityKind.Call)
                    .Select(row => row.HubSpotId)
                    .Distinct()
                    .CountAsync()
            )
        );
    }

    [Fact]
    public async Task ImportedLead_KeepsHubSpotsDatesStagesAndClient()
    {
        await using var bed = await SyncBed.ConnectedAsync(deals: 40);

        foreach (var deal in bed.Live(ObjectType.Deals))
        {
            var sync = await bed.ReadAsync(db => db.LeadSyncs.SingleAsync(row => row.DealId == deal.IdText));
            var lead = await bed.ReadAsync(db =>
                db.Leads.Include(row => row.Stage).SingleAsync(row => row.Id == sync.LeadId)
            );
            Assert.Equal(deal.CreatedAt, lead.CreatedAt);
            Assert.Equal(deal["dealstage"], lead.Stage.HubSpotId);
            Assert.Equal(deal["dealname"], lead.ClientName);
            Assert.NotNull(sync.ContactId);
            Assert.Equal(bed.Value(ObjectType.Contacts, sync.ContactId, "company"), lead.Company);
            Assert.Equal(deal["hubspot_owner_id"] == "81544101", lead.AgentId == bed.Olena.UserId);
        }
    }

    [Fact]
    public async Task LocalLeads_MoveToTheStageOfTheSameMeaning()
    {
        await using var bed = await SyncBed.CreateAsync();
        var id = await bed.LeadAsync(1);

        await bed.OpenAsync();
        await bed.OnceAsync();

        var lead = await bed.ReadAsync(db =>
            db.Leads.Include(row => row.Stage).ThenInclude(stage => stage.Pipeline).SingleAsync(row => row.Id == id)
        );
        Assert.Equal(("3204738258", "Лиды"), (lead.Stage.HubSpotId, lead.Stage.Pipeline.Label));
        Assert.True(lead.Stage.Pipeline.IsForNewLeads);
        var local = await bed.ReadAsync(db => db.Pipelines.SingleAsync(row => row.HubSpotId == Pipeline.LocalId));
        Assert.NotNull(local.RemovedAt);
        Assert.False(local.IsForNewLeads);
    }

    [Fact]
    public async Task StageRenamedInHubSpot_IsTakenOver_AndOpenPagesAreTold()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        await using var listener = await bed.Get<NpgsqlDataSource>().OpenConnectionAsync(SyncBed.Cancel);
        await using (var listen = new NpgsqlCommand($"LISTEN {FeedMessage.Channel}", listener))
        {
            await listen.ExecuteNonQueryAsync(SyncBed.Cancel);
        }

        var told = new List<string>();
        listener.Notification += (_, notification) => told.Add(notification.Payload);
        bed.Sandbox.Account.Locked(() =>
        {
            bed.Sandbox.Account.ReplacePipelines([
                .. bed.Sandbox.Account.Pipelines.All.Select(pipeline =>
                    pipeline with
                    {
                        Stages = [.. pipeline.Stages.Select(stage => stage with { Label = stage.Label + " (нова)" })],
                    }
                ),
            ]);
            return true;
        });
        await bed.LaterAsync(TimeSpan.FromMinutes(11));

        await listener.WaitAsync(SyncBed.Cancel);
        Assert.Contains(FeedMessage.RefreshAll.ToPayload(), told);
        var stages = await bed.Get<StageDirectory>().AllAsync(SyncBed.Cancel);
        Assert.All(
            stages.Where(stage => !stage.IsRemoved),
            stage => Assert.EndsWith("(нова)", stage.Label, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Account_GetsTheHubsUniquePropertyAndOwnersAreLinkedOnce()
    {
        await using var bed = await SyncBed.ConnectedAsync();

        Assert.True(bed.Get<SyncMonitor>().HasLeadIds);
        Assert.Equal(
            "81544101",
            await bed.ReadAsync(db =>
                db.Users.Where(user => user.Id == bed.Olena.UserId).Select(user => user.HubSpotOwnerId).SingleAsync()
            )
        );

        // An admin takes the link away: it stays away.
        await bed.ReadAsync(db =>
            db.Users.ExecuteUpdateAsync(user => user.SetProperty(row => row.HubSpotOwnerId, (string?)null))
        );
        await bed.LaterAsync(TimeSpan.FromMinutes(11));
        Assert.True(await bed.ReadAsync(db => db.Users.AllAsync(user => user.HubSpotOwnerId == null)));
    }
}
