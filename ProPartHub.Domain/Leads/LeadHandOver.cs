using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Leads;

/// <summary>
/// Gives all leads of a person to somebody else, as when an agent leaves: in batches with a transaction each, archived leads
/// too, every one with its event and its mark for HubSpot; only leads of erased clients stay whose they were. Stopped halfway, what was given stays given and the rest can be
/// given later.
/// </summary>
public sealed class LeadHandOver(HubDatabase database, TimeProvider time)
{
    /// <summary>Most leads of a transaction.</summary>
    public const int BatchSize = 100;

    /// <summary>Gives all of them.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="fromId">Whose leads.</param>
    /// <param name="toId">The new agent; null for the unassigned pool.</param>
    /// <param name="reason">Stands in the history of every lead; up to <see cref="LeadLimits.TransferReason"/> characters.</param>
    /// <param name="progress">Hears how many are done, after every batch.</param>
    /// <param name="cancellationToken">Stops after the batch under way.</param>
    /// <returns>How many leads were given.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    /// <exception cref="NotFoundException">There is no such active person to give them to.</exception>
    /// <exception cref="InvalidInputException">Giver and taker are one, or the reason is too long.</exception>
    public async Task<int> GiveAllAsync(
        Actor actor,
        Guid fromId,
        Guid? toId,
        string? reason,
        IProgress<int>? progress,
        CancellationToken cancellationToken
    )
    {
        if (actor.Role is not Role.Admin)
        {
            throw ForbiddenException.For(actor, GuardedAct.HandOverAllLeads, fromId);
        }

        if (fromId == toId)
        {
            throw new InvalidInputException(nameof(LeadField.Agent), FieldErrorCode.UnknownOption);
        }

        var said = LeadService.CheckedReason(reason);
        var (done, last) = (0, BatchSize);
        while (last == BatchSize)
        {
            last = await database.InTransactionAsync(
                (db, token) => GiveSomeAsync(db, actor, fromId, toId, said, token),
                cancellationToken
            );
            done += last;
            progress?.Report(done);
        }

        await RecordAsync(actor, fromId, toId, done, cancellationToken);
        return done;
    }

    private async Task<int> GiveSomeAsync(
        HubDbContext db,
        Actor actor,
        Guid fromId,
        Guid? toId,
        string? reason,
        CancellationToken cancellationToken
    )
    {
        var agent = toId is null
            ? null
            : await db.Users.SingleOrDefaultAsync(user => user.Id == toId && user.IsActive, cancellationToken)
                ?? throw new NotFoundException("Person");
        var recorder = new LeadRecorder(actor, ChangeOrigin.Portal, time.GetUtcNow());
        var leads = await db
            .Leads.Where(lead => lead.AgentId == fromId && lead.ErasedAt == null)
            .OrderBy(lead => lead.Id)
            .Take(BatchSize)
            .ToListAsync(cancellationToken);
        foreach (var lead in leads)
        {
            recorder.Transfer(db, lead, agent, reason);
            await recorder.MarkForHubSpotAsync(db, OutboxKind.Lead, lead.Id, lead.Id, cancellationToken);
            await recorder.MarkFollowUpsForHubSpotAsync(db, lead.Id, cancellationToken);
        }

        return leads.Count;
    }

    private Task RecordAsync(Actor actor, Guid fromId, Guid? toId, int count, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            (db, _) =>
            {
                db.SecurityEvents.Add(
                    SecurityLog.Entry(
                        SecurityEventKind.LeadsHandedOver,
                        actor,
                        time,
                        fromId,
                        ("to", toId?.ToString()),
                        ("leads", count.ToString(System.Globalization.CultureInfo.InvariantCulture))
                    )
                );
                return Task.CompletedTask;
            },
            cancellationToken
        );
}
