using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Mapping;

/// <summary>
/// Brings HubSpot's pipelines and stages here. Labels and order follow HubSpot; what a stage means is proposed when it is
/// first seen and from then on only a person changes it. What HubSpot no longer has is marked, since leads stand in it.
/// </summary>
internal static class PipelineRefresh
{
    /// <summary>Stores what HubSpot lists, inside the caller's transaction.</summary>
    /// <returns>True when anything changed.</returns>
    public static async Task<bool> StoreAsync(
        HubDbContext db,
        IReadOnlyList<HubSpotPipeline> listed,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var live = listed.Where(pipeline => !pipeline.Archived).ToList();
        if (live.Count == 0)
        {
            // An account always has a pipeline: an empty answer must not strand every lead.
            return false;
        }

        var stored = await db.Pipelines.Include(pipeline => pipeline.Stages).ToListAsync(cancellationToken);
        foreach (var pipeline in live)
        {
            Store(db, stored, pipeline, now);
        }

        var ids = live.Select(pipeline => pipeline.Id).ToHashSet();
        foreach (var gone in stored.Where(pipeline => !ids.Contains(pipeline.HubSpotId)))
        {
            gone.RemovedAt ??= now;
            foreach (var stage in gone.Stages)
            {
                stage.RemovedAt ??= now;
            }
        }

        if (!stored.Any(pipeline => pipeline is { IsForNewLeads: true, RemovedAt: null }))
        {
            var chosen = StageProposal.ForNewLeads(live)!.Id;
            stored.ForEach(pipeline => pipeline.IsForNewLeads = pipeline.HubSpotId == chosen);
        }

        var changed = db
            .ChangeTracker.Entries()
            .Any(entry => entry.Entity is Pipeline or Stage && entry.State is not EntityState.Unchanged);
        await db.SaveChangesAsync(cancellationToken);
        return await MoveLocalLeadsAsync(db, stored, cancellationToken) || changed;
    }

    private static void Store(HubDbContext db, List<Pipeline> stored, HubSpotPipeline listed, DateTimeOffset now)
    {
        var pipeline = stored.Find(row => row.HubSpotId == listed.Id);
        if (pipeline is null)
        {
            pipeline = new Pipeline { HubSpotId = listed.Id, Label = "" };
            db.Pipelines.Add(pipeline);
            stored.Add(pipeline);
        }

        pipeline.Label = Label(listed.Label, listed.Id);
        pipeline.DisplayOrder = listed.DisplayOrder ?? 0;
        pipeline.RemovedAt = null;
        var stages = listed.Stages.Where(stage => !stage.Archived).OrderBy(stage => stage.DisplayOrder).ToList();
        foreach (var (place, listedStage) in stages.Index())
        {
            var stage = pipeline.Stages.FirstOrDefault(row => row.HubSpotId == listedStage.Id);
            if (stage is null)
            {
                stage = new Stage
                {
                    PipelineId = pipeline.Id,
                    HubSpotId = listedStage.Id,
                    Label = "",
                    Status = StageProposal.StatusOf(listedStage, isFirst: place == 0),
                };
                db.Stages.Add(stage);
            }

            stage.Label = Label(listedStage.Label, listedStage.Id);
            stage.DisplayOrder = place;
            stage.RemovedAt = null;
        }

        foreach (var gone in pipeline.Stages.Where(row => stages.All(stage => stage.Id != row.HubSpotId)))
        {
            gone.RemovedAt ??= now;
        }
    }

    // Leads registered before HubSpot was ever read stand in the hub's own pipeline. Their meaning stays the same, so this
    // is no move that history should tell.
    private static async Task<bool> MoveLocalLeadsAsync(
        HubDbContext db,
        List<Pipeline> stored,
        CancellationToken cancellationToken
    )
    {
        var local = stored.Find(pipeline => pipeline.HubSpotId == Pipeline.LocalId);
        var target = stored.Find(pipeline => pipeline is { IsForNewLeads: true, RemovedAt: null });
        if (local is null || target is null)
        {
            return false;
        }

        var moved = 0;
        foreach (var from in local.Stages)
        {
            var to = target
                .Stages.Where(stage => stage.RemovedAt is null && stage.Status == from.Status)
                .MinBy(stage => stage.DisplayOrder);
            if (to is not null)
            {
                moved += await db
                    .Leads.Where(lead => lead.StageId == from.Id)
                    .ExecuteUpdateAsync(lead => lead.SetProperty(row => row.StageId, to.Id), cancellationToken);
            }
        }

        return moved > 0;
    }

    private static string Label(string? label, string id)
    {
        var text = IncomingText.Readable(string.IsNullOrWhiteSpace(label) ? id : label.Trim());
        return IncomingText.Cut(text, 200)!;
    }
}
