using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Leads;

/// <content>Whom a lead concerns.</content>
public sealed partial class LeadQueries
{
    /// <summary>The active people who may see a lead, by name: whom a comment on it can name. Two commands.</summary>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    public async Task<IReadOnlyList<PersonItem>> PeopleAsync(
        Actor actor,
        Guid leadId,
        CancellationToken cancellationToken
    )
    {
        await using var db = await _database.ReadAsync(cancellationToken);
        var lead =
            await db
                .Leads.VisibleTo(actor)
                .Where(row => row.Id == leadId)
                .Select(row => new { row.AgentId, row.TeamId })
                .SingleOrDefaultAsync(cancellationToken)
            ?? throw await db.NoLeadAsync(actor, leadId, cancellationToken);
        return await db
            .Users.WhoSee(lead.AgentId, lead.TeamId)
            .OrderBy(user => user.DisplayName)
            .ThenBy(user => user.Id)
            .Select(user => new PersonItem(user.Id, user.DisplayName, user.Role, user.TeamId, user.Team!.Name))
            .ToListAsync(cancellationToken);
    }
}
