using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Leads;

/// <content>What others do to a lead while somebody edits it.</content>
public sealed partial class LeadQueries
{
    /// <summary>
    /// The fields that somebody else has changed since an edit began, to something else than what is typed: what
    /// <see cref="LeadService.EditAsync"/> would answer, told before anything is stored. Two commands at most.
    /// </summary>
    /// <param name="actor">Who edits.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="opened">The values that the edit began with.</param>
    /// <param name="typed">The values as they are typed so far.</param>
    /// <param name="fields">The fields under edit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    public async Task<IReadOnlyList<LeadEditConflict>> MeanwhileAsync(
        Actor actor,
        Guid leadId,
        LeadInput opened,
        LeadInput typed,
        IReadOnlyCollection<LeadField> fields,
        CancellationToken cancellationToken
    )
    {
        await using var db = await _database.ReadAsync(cancellationToken);
        var lead =
            await db.Leads.VisibleTo(actor).SingleOrDefaultAsync(row => row.Id == leadId, cancellationToken)
            ?? throw await db.NoLeadAsync(actor, leadId, cancellationToken);
        return await LeadService.ConflictsAsync(
            db,
            lead,
            opened.Normalised(),
            typed.Normalised(),
            fields.Intersect(LeadFields.Typed),
            cancellationToken
        );
    }
}
