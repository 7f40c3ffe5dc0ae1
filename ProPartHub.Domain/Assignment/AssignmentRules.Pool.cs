using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Assignment;

/// <summary>What the rules would do with a lead that is in the pool now.</summary>
public sealed record AssignmentForecast(
    Guid LeadId,
    long Number,
    string ClientName,
    string RuleName,
    string? PersonName,
    bool IsDelayed
);

/// <content>What the rules would do with the pool, and do on an admin's word.</content>
public sealed partial class AssignmentRules
{
    /// <summary>Most leads of a preview.</summary>
    public const int Previewed = 100;

    /// <summary>What the rules would do with what is in the pool now, the longest waiting first; nothing is changed.</summary>
    /// <returns>The first <see cref="Previewed"/> leads, and how many there are.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<(IReadOnlyList<AssignmentForecast> Rows, int Total)> PreviewAsync(
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var leads = await Pool(db)
            .OrderBy(lead => lead.CreatedAt)
            .ThenBy(lead => lead.Id)
            .Take(Previewed)
            .ToListAsync(cancellationToken);
        var desk = await AssignmentDesk.OpenAsync(db, calendar.DayOf(time.GetUtcNow()), cancellationToken);
        var choices = leads.Select(lead => (Lead: lead, Choice: desk.Choose(null, lead))).ToList();
        var ids = choices.Select(pair => pair.Choice.PersonId).OfType<Guid>().Distinct().ToList();
        var names = await db
            .Users.Where(user => ids.Contains(user.Id))
            .ToDictionaryAsync(user => user.Id, user => user.DisplayName, cancellationToken);
        return (
            [
                .. choices.Select(pair => new AssignmentForecast(
                    pair.Lead.Id,
                    pair.Lead.Number,
                    pair.Lead.ClientName,
                    pair.Choice.Rule.Name,
                    pair.Choice.PersonId is { } person ? names.GetValueOrDefault(person) : null,
                    pair.Choice.IsDelayed
                )),
            ],
            await Pool(db).CountAsync(cancellationToken)
        );
    }

    /// <summary>Has the rules look at everything in the pool, also at what was put there by hand; the work follows in the
    /// background.</summary>
    /// <returns>How many leads they will look at.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public Task<int> ApplyToPoolAsync(Actor actor, CancellationToken cancellationToken)
    {
        RequireAdmin(actor);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                var leads = await Pool(db)
                    .ExecuteUpdateAsync(row => row.SetProperty(lead => lead.AwaitsAssignment, true), token);
                db.SecurityEvents.Add(
                    SecurityLog.Entry(
                        SecurityEventKind.AssignmentRuleChanged,
                        actor,
                        time,
                        null,
                        ("act", "pool"),
                        ("leads", leads.ToString(System.Globalization.CultureInfo.InvariantCulture))
                    )
                );
                return leads;
            },
            cancellationToken
        );
    }

    // Where HubSpot names somebody, the choice is made already.
    private static IQueryable<Lead> Pool(HubDbContext db) =>
        db.Leads.Where(lead =>
            lead.AgentId == null
            && lead.ArchivedAt == null
            && lead.Status < LeadStatus.Won
            && (lead.Attention & Attention.UnknownAgent) == 0
        );
}
