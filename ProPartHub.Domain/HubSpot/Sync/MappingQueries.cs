using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>A pipeline as HubSpot has it.</summary>
/// <param name="Id">Key.</param>
/// <param name="HubSpotId">HubSpot's id; <see cref="Pipeline.LocalId"/> for the hub's own.</param>
/// <param name="Label">HubSpot's label.</param>
/// <param name="IsForNewLeads">New leads start in its first stage.</param>
/// <param name="IsRemoved">HubSpot has it no longer.</param>
/// <param name="Stages">Its stages in order, removed ones last.</param>
public sealed record MappedPipeline(
    Guid Id,
    string HubSpotId,
    string Label,
    bool IsForNewLeads,
    bool IsRemoved,
    IReadOnlyList<MappedStage> Stages
);

/// <summary>A stage and what it means here.</summary>
/// <param name="Id">Key.</param>
/// <param name="HubSpotId">HubSpot's id.</param>
/// <param name="Label">HubSpot's label.</param>
/// <param name="Status">What it means.</param>
/// <param name="IsConfirmed">A person confirmed the meaning; otherwise it is a proposal from HubSpot's data.</param>
/// <param name="IsRemoved">HubSpot has it no longer.</param>
public sealed record MappedStage(
    Guid Id,
    string HubSpotId,
    string Label,
    LeadStatus Status,
    bool IsConfirmed,
    bool IsRemoved
);

/// <summary>Reads how HubSpot's stages are understood here. All of it is for admins.</summary>
public sealed class MappingQueries(HubDatabase database)
{
    /// <summary>Pipelines with their stages, that of new leads first; one command.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<IReadOnlyList<MappedPipeline>> PipelinesAsync(Actor actor, CancellationToken cancellationToken)
    {
        SyncAdmin.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var pipelines = await db
            .Pipelines.Include(pipeline => pipeline.Stages)
            .OrderByDescending(pipeline => pipeline.IsForNewLeads)
            .ThenBy(pipeline => pipeline.RemovedAt != null)
            .ThenBy(pipeline => pipeline.DisplayOrder)
            .ThenBy(pipeline => pipeline.Id)
            .ToListAsync(cancellationToken);
        return pipelines.ConvertAll(pipeline => new MappedPipeline(
            pipeline.Id,
            pipeline.HubSpotId,
            pipeline.Label,
            pipeline.IsForNewLeads,
            pipeline.RemovedAt is not null,
            [
                .. pipeline
                    .Stages.OrderBy(stage => stage.RemovedAt is not null)
                    .ThenBy(stage => stage.DisplayOrder)
                    .Select(stage => new MappedStage(
                        stage.Id,
                        stage.HubSpotId,
                        stage.Label,
                        stage.Status,
                        stage.IsStatusConfirmed,
                        stage.RemovedAt is not null
                    )),
            ]
        ));
    }
}
