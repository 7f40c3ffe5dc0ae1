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

/// <summary>An owner of deals and who that is here.</summary>
/// <param name="Id">HubSpot's owner id.</param>
/// <param name="Name">Name in HubSpot.</param>
/// <param name="Email">Mail address in HubSpot.</param>
/// <param name="IsArchived">HubSpot archived the owner.</param>
/// <param name="UserId">The person here; null for nobody.</param>
/// <param name="UserName">That person's name.</param>
public sealed record MappedOwner(
    string Id,
    string Name,
    string? Email,
    bool IsArchived,
    Guid? UserId,
    string? UserName
);

/// <summary>Reads how HubSpot's stages and owners are understood here. All of it is for admins.</summary>
public sealed class MappingQueries(HubDatabase database)
{
    /// <summary>Owners of a page.</summary>
    public const int PageSize = 20;

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

    /// <summary>Owners with the person each is here: those who are nobody first, archived ones last.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="page">Which page, from 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<NumberedPage<MappedOwner>> OwnersAsync(Actor actor, int page, CancellationToken cancellationToken)
    {
        SyncAdmin.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var owners =
            from owner in db.HubSpotOwners
            join user in db.Users on owner.Id equals user.HubSpotOwnerId into linked
            from user in linked.DefaultIfEmpty()
            orderby owner.IsArchived, user != null, EF.Functions.Collate(owner.Name, "uk-x-icu"), owner.Id
            select new MappedOwner(
                owner.Id,
                owner.Name,
                owner.Email,
                owner.IsArchived,
                (Guid?)user!.Id,
                user!.DisplayName
            );
        return await owners.PageAsync(page, PageSize, cancellationToken);
    }
}
