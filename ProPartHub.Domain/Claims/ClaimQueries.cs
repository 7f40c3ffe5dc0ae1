using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Claims;

/// <summary>Reads questions for clients.</summary>
public sealed class ClaimQueries(HubDatabase database, Protection protection)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 20;

    private const int LastSteps = 6;

    private static readonly LeadEventKind[] Untold = [LeadEventKind.SyncStateChanged, LeadEventKind.ConsentRecorded];

    /// <summary>The actor's own questions, newest first.</summary>
    public async Task<NumberedPage<OwnClaim>> OwnAsync(Actor actor, int page, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await db
            .ClaimRequests.Where(row => row.AskedById == actor.UserId)
            .OrderByDescending(row => row.AskedAt)
            .ThenByDescending(row => row.Id)
            .Select(row => new OwnClaim(
                row.Id,
                row.Phone,
                row.Words,
                row.AskedAt,
                row.State,
                row.DecidedAt,
                row.DecidedByName,
                row.Decision
            ))
            .PageAsync(page, PageSize, cancellationToken);
    }

    /// <summary>Questions that wait for the actor's decision, the oldest first; seven commands, whatever their number.</summary>
    public async Task<NumberedPage<ClaimItem>> QueueAsync(Actor actor, int page, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var rows = await ClaimRights
            .Decidable(db, actor)
            .Where(row => row.State == ClaimState.Waiting)
            .OrderBy(row => row.AskedAt)
            .ThenBy(row => row.Id)
            .PageAsync(page, PageSize, cancellationToken);
        var holders = await HoldersAsync(db, actor, rows.Rows, cancellationToken);
        var askers = await AskersAsync(db, rows.Rows, cancellationToken);
        return new(
            [
                .. rows
                    .Rows.Where(row => holders.ContainsKey(row.LeadId) && askers.ContainsKey(row.Id))
                    .Select(row => new ClaimItem(row.Id, row.Words, row.AskedAt, holders[row.LeadId], askers[row.Id])),
            ],
            rows.Number,
            rows.Total,
            rows.Size
        );
    }

    /// <summary>Questions that were decided, the newest decision first.</summary>
    public async Task<NumberedPage<DecidedClaim>> DecidedAsync(
        Actor actor,
        int page,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var leads = db.Leads.VisibleTo(actor);
        return await ClaimRights
            .Decidable(db, actor)
            .Where(row => row.State == ClaimState.Granted || row.State == ClaimState.Refused)
            .Join(leads, row => row.LeadId, lead => lead.Id, (row, lead) => new { row, lead })
            .Join(db.Users, pair => pair.row.AskedById, user => user.Id, (pair, user) => new { pair, user })
            .OrderByDescending(all => all.pair.row.DecidedAt)
            .ThenByDescending(all => all.pair.row.Id)
            .Select(all => new DecidedClaim(
                all.pair.row.Id,
                all.pair.lead.Id,
                all.pair.lead.Number,
                all.pair.lead.ClientName,
                all.user.DisplayName,
                all.pair.row.State,
                all.pair.row.DecidedAt!.Value,
                all.pair.row.DecidedByName,
                all.pair.row.Decision
            ))
            .PageAsync(page, PageSize, cancellationToken);
    }

    private async Task<Dictionary<Guid, HolderHistory>> HoldersAsync(
        HubDbContext db,
        Actor actor,
        IReadOnlyList<ClaimRequest> requests,
        CancellationToken cancellationToken
    )
    {
        var ids = requests.Select(row => row.LeadId).Distinct().ToList();
        var days = (await db.SettingAsync(ProtectionRule.Key, cancellationToken)).Days;
        var leads = await db
            .Leads.VisibleTo(actor)
            .Where(lead => ids.Contains(lead.Id))
            .Select(lead => new
            {
                lead.Id,
                lead.Number,
                lead.ClientName,
                Agent = lead.Agent == null ? null : lead.Agent.DisplayName,
                lead.CreatedAt,
                lead.WorkedAt,
                Comments = db.Comments.Count(row => row.LeadId == lead.Id && row.DeletedAt == null),
                Activities = db.Activities.Count(row => row.LeadId == lead.Id && row.DeletedAt == null),
                Done = db.FollowUps.Count(row => row.LeadId == lead.Id && row.DeletedAt == null && row.DoneAt != null),
            })
            .ToListAsync(cancellationToken);
        var steps = await db
            .Leads.Where(lead => ids.Contains(lead.Id))
            .SelectMany(lead =>
                db.LeadEvents.Where(row => row.LeadId == lead.Id && !Untold.Contains(row.Kind))
                    .OrderByDescending(row => row.Id)
                    .Take(LastSteps)
            )
            .Select(row => new
            {
                row.LeadId,
                row.Id,
                Step = new ClaimStep(row.OccurredAt, row.Kind, row.ActorName),
            })
            .ToListAsync(cancellationToken);
        return leads.ToDictionary(
            lead => lead.Id,
            lead => new HolderHistory(
                lead.Id,
                lead.Number,
                lead.ClientName,
                lead.Agent,
                lead.CreatedAt,
                lead.WorkedAt,
                protection.Of(lead.WorkedAt, days),
                lead.Comments,
                lead.Activities,
                lead.Done,
                [.. steps.Where(row => row.LeadId == lead.Id).OrderByDescending(row => row.Id).Select(row => row.Step)]
            )
        );
    }

    private static async Task<Dictionary<Guid, AskerHistory>> AskersAsync(
        HubDbContext db,
        IReadOnlyList<ClaimRequest> requests,
        CancellationToken cancellationToken
    )
    {
        var ids = requests.Select(row => row.Id).ToList();
        var rows = await db
            .ClaimRequests.Where(row => ids.Contains(row.Id))
            .Join(db.Users, row => row.AskedById, user => user.Id, (row, user) => new { row, user })
            .Select(pair => new
            {
                pair.row.Id,
                pair.user.DisplayName,
                Team = pair.user.Team == null ? null : pair.user.Team.Name,
                Open = db.Leads.Count(lead =>
                    lead.AgentId == pair.user.Id && lead.ArchivedAt == null && lead.Status < LeadStatus.Won
                ),
                Won = db.Leads.Count(lead => lead.AgentId == pair.user.Id && lead.Status == LeadStatus.Won),
                Before = db.ClaimRequests.Count(other =>
                    other.AskedById == pair.user.Id && other.LeadId == pair.row.LeadId && other.Id != pair.row.Id
                ),
            })
            .ToListAsync(cancellationToken);
        var earlier = await db
            .ClaimRequests.Where(row => ids.Contains(row.Id))
            .SelectMany(
                row =>
                    db.Leads.Where(lead =>
                            lead.AgentId == row.AskedById && (lead.Phone == row.Phone || lead.SecondPhone == row.Phone)
                        )
                        .OrderByDescending(lead => lead.Number)
                        .Take(LastSteps),
                (row, lead) =>
                    new
                    {
                        RequestId = row.Id,
                        Lead = new EarlierLead(lead.Id, lead.Number, lead.CreatedAt, lead.Status),
                    }
            )
            .ToListAsync(cancellationToken);
        return rows.ToDictionary(
            row => row.Id,
            row => new AskerHistory(
                row.DisplayName,
                row.Team,
                row.Open,
                row.Won,
                [
                    .. earlier
                        .Where(pair => pair.RequestId == row.Id)
                        .Select(pair => pair.Lead)
                        .OrderByDescending(lead => lead.Number),
                ],
                row.Before
            )
        );
    }
}
