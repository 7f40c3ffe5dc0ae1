using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Assignment;

/// <summary>
/// Gives new leads in the pool to agents by the rules. Only those that nobody has decided about: a lead that a person or
/// HubSpot gave to somebody, or put into the pool, is never touched.
/// </summary>
public sealed class AssignmentRound(HubDatabase database, AgencyCalendar calendar, TimeProvider time)
{
    /// <summary>Most leads of a transaction.</summary>
    public const int BatchSize = 50;

    /// <summary>Looks at every lead that awaits an agent, once.</summary>
    /// <returns>How many were given.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var given = 0;
        var after = (At: DateTimeOffset.MinValue, Id: Guid.Empty);
        while (await NextAsync(after, cancellationToken) is { Count: > 0 } batch)
        {
            given += await database.InTransactionAsync(
                (db, token) => GiveAsync(db, [.. batch.Select(lead => lead.Id)], token),
                cancellationToken
            );
            after = batch[^1];
        }

        return given;
    }

    private async Task<List<(DateTimeOffset At, Guid Id)>> NextAsync(
        (DateTimeOffset At, Guid Id) after,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var rows = await db
            .Leads.Where(lead =>
                lead.AwaitsAssignment
                && EF.Functions.GreaterThan(
                    ValueTuple.Create(lead.CreatedAt, lead.Id),
                    ValueTuple.Create(after.At, after.Id)
                )
            )
            .OrderBy(lead => lead.CreatedAt)
            .ThenBy(lead => lead.Id)
            .Take(BatchSize)
            .Select(lead => new { lead.CreatedAt, lead.Id })
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => (row.CreatedAt, row.Id));
    }

    private async Task<int> GiveAsync(HubDbContext db, Guid[] ids, CancellationToken cancellationToken)
    {
        await AssignmentDesk.LockAsync(db, cancellationToken);
        var desk = await AssignmentDesk.OpenAsync(db, calendar.DayOf(time.GetUtcNow()), cancellationToken);
        var leads = await db
            .Leads.FromSql($"SELECT *, xmin FROM leads WHERE id = ANY({ids}) AND awaits_assignment FOR NO KEY UPDATE")
            .OrderBy(lead => lead.CreatedAt)
            .ThenBy(lead => lead.Id)
            .ToListAsync(cancellationToken);
        var given = 0;
        foreach (var lead in leads)
        {
            // What was closed, archived or erased meanwhile awaits nobody any more.
            if (!lead.IsOpen || !LeadVisibility.IsInPool(lead.AgentId))
            {
                lead.AwaitsAssignment = false;
                continue;
            }

            var choice = desk.Choose(db, lead);
            lead.AwaitsAssignment = choice.IsDelayed;
            if (choice.PersonId is { } person)
            {
                await GiveAsync(db, lead, person, choice.Rule.Name, time.GetUtcNow(), cancellationToken);
                given++;
            }
        }

        return given;
    }

    /// <summary>Gives a lead to a person, or to the pool, in the name of a rule.</summary>
    internal static async Task GiveAsync(
        HubDbContext db,
        Lead lead,
        Guid? person,
        string rule,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var agent = person is null ? null : await db.Users.FindAsync([person], cancellationToken);
        var recorder = new LeadRecorder(Actor.System, ChangeOrigin.System, now) { ActorName = rule };
        recorder.Transfer(db, lead, agent);
        await recorder.MarkForHubSpotAsync(db, OutboxKind.Lead, lead.Id, lead.Id, cancellationToken);
        await recorder.MarkFollowUpsForHubSpotAsync(db, lead.Id, cancellationToken);
    }
}
