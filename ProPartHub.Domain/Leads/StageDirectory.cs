using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Agency.Shared;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Leads;

/// <summary>A stage as menus and boards show it.</summary>
public sealed record StageItem(
    Guid Id,
    Guid PipelineId,
    string PipelineLabel,
    string Label,
    LeadStatus Status,
    int DisplayOrder,
    bool IsRemoved
);

/// <summary>
/// All stages in order, for menus, boards and history: kept until somebody changes one.
/// </summary>
public sealed class StageDirectory(HubDatabase database, AgencyCache cache, TimeProvider time)
{
    private static readonly (string Id, string Label, LeadStatus Status)[] LocalStages =
    [
        ("new", "Нова заявка", LeadStatus.New),
        ("contacted", "На зв'язку", LeadStatus.Contacted),
        ("qualified", "Кваліфікований", LeadStatus.Qualified),
        ("won", "Угоду закрито", LeadStatus.Won),
        ("lost", "Відмова", LeadStatus.Lost),
    ];

    /// <summary>Every stage, by pipeline and place; stages that HubSpot removed stand last in their pipeline.</summary>
    public Task<IReadOnlyList<StageItem>> AllAsync(CancellationToken cancellationToken) =>
        cache.RowsAsync(AgencyTopic.Stages, "all", ReadAsync, cancellationToken);

    private async Task<List<StageItem>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await db
            .Stages.OrderByDescending(stage => stage.Pipeline.IsForNewLeads)
            .ThenBy(stage => stage.Pipeline.DisplayOrder)
            .ThenBy(stage => stage.PipelineId)
            .ThenBy(stage => stage.RemovedAt != null)
            .ThenBy(stage => stage.DisplayOrder)
            .Select(stage => new StageItem(
                stage.Id,
                stage.PipelineId,
                stage.Pipeline.Label,
                stage.Label,
                stage.Status,
                stage.DisplayOrder,
                stage.RemovedAt != null
            ))
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Makes a pipeline of five stages when there is none, so that leads can be registered before HubSpot was ever
    /// read. Safe to call at every start and from several instances.
    /// </summary>
    public Task EnsureLocalPipelineAsync(CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(7300001)", token);
                if (await db.Pipelines.AnyAsync(token))
                {
                    return;
                }

                var pipeline = new Pipeline
                {
                    Id = Guid.CreateVersion7(time.GetUtcNow()),
                    HubSpotId = Pipeline.LocalId,
                    Label = "ProPart Hub",
                    IsForNewLeads = true,
                };
                foreach (var (id, label, status) in LocalStages)
                {
                    pipeline.Stages.Add(
                        new Stage
                        {
                            HubSpotId = id,
                            Label = label,
                            Status = status,
                            DisplayOrder = pipeline.Stages.Count,
                        }
                    );
                }

                db.Pipelines.Add(pipeline);
            },
            cancellationToken
        );
}
