using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Leads.Bulk;

/// <content>What became of acts.</content>
public sealed partial class BulkActs
{
    /// <summary>Most reports shown at once.</summary>
    public const int MostReports = 3;

    /// <summary>Leads of a page of <see cref="RemaindersAsync"/>.</summary>
    public const int PageSize = 50;

    /// <summary>The actor's acts that are under way or whose report was not put away, the latest first; one command.</summary>
    public async Task<IReadOnlyList<BulkReport>> ReportsAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var rows = await db
            .BulkActs.Where(act => act.ActorId == actor.UserId && act.DismissedAt == null)
            .OrderByDescending(act => act.CreatedAt)
            .Take(MostReports)
            .Select(act => new
            {
                Act = act,
                Stage = db.Stages.Where(stage => stage.Id == act.StageId).Select(stage => stage.Label).FirstOrDefault(),
                Agent = db
                    .Users.Where(user => user.Id == act.AgentId)
                    .Select(user => user.DisplayName)
                    .FirstOrDefault(),
                Tag = db.Tags.Where(tag => tag.Id == act.TagId).Select(tag => tag.Name).FirstOrDefault(),
                Undone = db
                    .BulkActs.Where(done => done.Id == act.UndoOfId)
                    .Select(done => (BulkKind?)done.Kind)
                    .FirstOrDefault(),
                IsUndone = db.BulkActs.Any(undo => undo.UndoOfId == act.Id),
                LeftAlone = act.UndoOfId == null
                    ? 0
                    : db.BulkMembers.Count(row => row.ActId == act.Id && row.Outcome == BulkOutcome.LeftAlone),
            })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => new BulkReport(
                row.Act.Id,
                row.Act.Kind,
                row.Undone,
                row.Stage ?? row.Agent ?? row.Tag,
                row.Act.State,
                row.Act is { StopAskedAt: not null, FinishedAt: null },
                row.Act.Total,
                row.Act.Processed,
                row.Act.Changed,
                row.Act.Refused,
                row.LeftAlone,
                CanUndo(row.Act) && !row.IsUndone
            )),
        ];
    }

    /// <summary>The leads of an act that were refused or left alone, a page at a time; at most two commands.</summary>
    /// <param name="actor">Whose act it is.</param>
    /// <param name="actId">The act.</param>
    /// <param name="skip">How many of them were shown already.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotFoundException">There is no such act of the actor.</exception>
    public async Task<IReadOnlyList<BulkRemainder>> RemaindersAsync(
        Actor actor,
        Guid actId,
        int skip,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var owner = await db
            .BulkActs.Where(act => act.Id == actId)
            .Select(act => (Guid?)act.ActorId)
            .SingleOrDefaultAsync(cancellationToken);
        if (owner != actor.UserId)
        {
            throw Missing(actor, isThere: owner is not null);
        }

        var visible = db.Leads.VisibleTo(actor);
        return await db
            .BulkMembers.Where(row =>
                row.ActId == actId && (row.Outcome == BulkOutcome.Refused || row.Outcome == BulkOutcome.LeftAlone)
            )
            .OrderBy(row => row.Outcome)
            .ThenBy(row => row.LeadId)
            .Skip(Math.Max(0, skip))
            .Take(PageSize)
            .LeftJoin(
                visible,
                row => row.LeadId,
                lead => lead.Id,
                (row, lead) =>
                    new BulkRemainder(
                        row.LeadId,
                        lead == null ? null : lead.Number,
                        lead == null ? null : lead.ClientName,
                        row.Outcome,
                        row.Code
                    )
            )
            .ToListAsync(cancellationToken);
    }
}
