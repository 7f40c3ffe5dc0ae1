using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Leads.Bulk;

/// <summary>
/// Acts upon many leads, as their person asks for them, stops them and takes them back; <see cref="BulkRunner"/> carries
/// them out. Which leads an act is about is settled in the database when it is asked for; the right to each is judged anew
/// when its turn comes.
/// </summary>
public sealed partial class BulkActs(HubDatabase database, LeadService leads, TimeProvider time)
{
    /// <summary>Begins an act.</summary>
    /// <param name="actor">Who wants it.</param>
    /// <param name="actId">Made by the caller, so that a repeated click begins one act.</param>
    /// <param name="order">What.</param>
    /// <param name="target">Upon which leads; those that the actor does not see are left out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many leads it is about; 0 when there are none, and no act then.</returns>
    /// <exception cref="InvalidInputException">
    /// The order names something unknown, there are more leads than <see cref="BulkAct.Most"/>, or the actor has too many
    /// acts under way.
    /// </exception>
    /// <exception cref="ForbiddenException">The actor may not do this to any lead.</exception>
    public Task<int> BeginAsync(
        Actor actor,
        Guid actId,
        BulkOrder order,
        BulkTarget target,
        CancellationToken cancellationToken
    )
    {
        var writer = actor.Writing();
        return database.InTransactionAsync(
            async (db, token) =>
            {
                if (await db.BulkActs.AnyAsync(act => act.Id == actId, token))
                {
                    await OwnAsync(db, actor, actId, token);
                    return await db.BulkActs.Where(act => act.Id == actId).Select(act => act.Total).SingleAsync(token);
                }

                var about = await leads.CheckAsync(db, writer, order, token);
                await RefuseTooManyActsAsync(db, writer, token);
                var members = await MembersAsync(db, writer, target, token);
                if (members.Count == 0)
                {
                    return 0;
                }

                await AddAsync(db, writer, actId, order, undoOf: null, members, token);
                db.SecurityEvents.Add(
                    SecurityLog.Entry(
                        SecurityEventKind.BulkActBegun,
                        writer,
                        time,
                        null,
                        ("bulk", actId.ToString()),
                        ("act", order.Kind.ToString()),
                        ("target", about),
                        ("leads", Written(members.Count)),
                        ("filter", target.Matching is null ? null : target.Filter ?? "")
                    )
                );
                return members.Count;
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Takes an act back, lead by lead, but for leads in which somebody has changed the same since. It runs as an act of its
    /// own.
    /// </summary>
    /// <param name="actor">Whose act it is.</param>
    /// <param name="doneId">The act, ended at most <see cref="BulkAct.UndoWithin"/> ago.</param>
    /// <param name="actId">The undo's own key, made by the caller.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many leads it is about; 0 when the act cannot be taken back, or was already.</returns>
    /// <exception cref="NotFoundException">There is no such act of the actor.</exception>
    public Task<int> UndoAsync(Actor actor, Guid doneId, Guid actId, CancellationToken cancellationToken)
    {
        var writer = actor.Writing();
        return database.InTransactionAsync(
            async (db, token) =>
            {
                var done = await OwnAsync(db, writer, doneId, token);
                if (!CanUndo(done) || await db.BulkActs.AnyAsync(act => act.UndoOfId == doneId, token))
                {
                    return 0;
                }

                var members = await db
                    .BulkMembers.Where(row => row.ActId == doneId && row.Outcome == BulkOutcome.Changed)
                    .Select(row => row.LeadId)
                    .ToListAsync(token);
                await AddAsync(db, writer, actId, new BulkOrder(BulkKind.Undo), doneId, members, token);
                done.DismissedAt = time.GetUtcNow();
                db.SecurityEvents.Add(
                    SecurityLog.Entry(
                        SecurityEventKind.BulkActBegun,
                        writer,
                        time,
                        null,
                        ("bulk", actId.ToString()),
                        ("act", nameof(BulkKind.Undo)),
                        ("target", doneId.ToString()),
                        ("leads", Written(members.Count))
                    )
                );
                return members.Count;
            },
            cancellationToken
        );
    }

    /// <summary>Stops an act after the batch under way; what was done stays done.</summary>
    /// <exception cref="NotFoundException">There is no such act of the actor.</exception>
    public Task StopAsync(Actor actor, Guid actId, CancellationToken cancellationToken) =>
        ChangeAsync(actor, actId, act => act.StopAskedAt ??= time.GetUtcNow(), cancellationToken);

    /// <summary>Puts the report of an ended act away.</summary>
    /// <exception cref="NotFoundException">There is no such act of the actor.</exception>
    public Task DismissAsync(Actor actor, Guid actId, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            actId,
            act => act.DismissedAt ??= act.FinishedAt is null ? null : time.GetUtcNow(),
            cancellationToken
        );

    private Task ChangeAsync(Actor actor, Guid actId, Action<BulkAct> change, CancellationToken cancellationToken)
    {
        var writer = actor.Writing();
        return database.InTransactionAsync(
            async (db, token) => change(await OwnAsync(db, writer, actId, token)),
            cancellationToken
        );
    }

    private bool CanUndo(BulkAct act) =>
        act is { FinishedAt: { } end, Changed: > 0, UndoOfId: null } && time.GetUtcNow() - end < BulkAct.UndoWithin;

    // Locked: the runner's batch ends first.
    private static async Task<BulkAct> OwnAsync(
        HubDbContext db,
        Actor actor,
        Guid actId,
        CancellationToken cancellationToken
    )
    {
        var act = await db
            .BulkActs.FromSql($"SELECT * FROM bulk_acts WHERE id = {actId} FOR UPDATE")
            .SingleOrDefaultAsync(cancellationToken);
        return act?.ActorId == actor.UserId ? act : throw Missing(actor, isThere: act is not null);
    }

    private static NotFoundException Missing(Actor actor, bool isThere) =>
        isThere ? NotFoundException.Hidden(actor, "Act", GuardedAct.ReachBulkAct) : new NotFoundException("Act");

    private static async Task RefuseTooManyActsAsync(HubDbContext db, Actor actor, CancellationToken cancellationToken)
    {
        var open = await db.BulkActs.CountAsync(
            act => act.ActorId == actor.UserId && act.FinishedAt == null,
            cancellationToken
        );
        if (open >= BulkAct.MostAtOnce)
        {
            throw new InvalidInputException([
                new FieldError(nameof(BulkOrder.Kind), FieldErrorCode.TooMany, BulkAct.MostAtOnce),
            ]);
        }
    }

    private static async Task<List<Guid>> MembersAsync(
        HubDbContext db,
        Actor actor,
        BulkTarget target,
        CancellationToken cancellationToken
    )
    {
        var ids = target.LeadIds ?? [];
        var found = target.Matching is { } query
            ? LeadQueries.Filter(db, actor, query)
            : db.Leads.VisibleTo(actor).Where(lead => ids.Contains(lead.Id));
        var members = await found
            .Where(lead => lead.ErasedAt == null)
            .Select(lead => lead.Id)
            .Take(BulkAct.Most + 1)
            .ToListAsync(cancellationToken);
        return members.Count <= BulkAct.Most
            ? members
            : throw new InvalidInputException([
                new FieldError(nameof(BulkTarget.Matching), FieldErrorCode.TooMany, BulkAct.Most),
            ]);
    }

    private async Task AddAsync(
        HubDbContext db,
        Actor actor,
        Guid actId,
        BulkOrder order,
        Guid? undoOf,
        List<Guid> members,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        db.BulkActs.Add(
            new BulkAct
            {
                Id = actId,
                ActorId = actor.UserId,
                Address = ReadableText.Cut(actor.Address, 64),
                Kind = order.Kind,
                StageId = order.StageId,
                RefusalReason = LeadFields.Normalise(LeadField.RefusalReason, order.RefusalReason),
                AgentId = order.AgentId,
                Reason = LeadService.CheckedReason(order.Reason),
                TagId = order.TagId,
                UndoOfId = undoOf,
                Total = members.Count,
                CreatedAt = now,
                DueAt = now,
            }
        );
        await db.SaveChangesAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO bulk_members (act_id, lead_id, outcome)
            SELECT {actId}, lead_id, 0 FROM unnest({members}) AS lead_id
            """,
            cancellationToken
        );
    }

    private static string Written(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
