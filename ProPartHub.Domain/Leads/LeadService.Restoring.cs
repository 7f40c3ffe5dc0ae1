using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Leads;

/// <content>Takes one field back to what it was before a change.</content>
public sealed partial class LeadService
{
    private static readonly LeadEventKind[] Restorable =
    [
        LeadEventKind.Edited,
        LeadEventKind.StageChanged,
        LeadEventKind.Transferred,
    ];

    /// <summary>True where a field of an event can be taken back by those who may do so.</summary>
    /// <param name="actor">Who would.</param>
    /// <param name="entry">The event.</param>
    /// <param name="change">The field in it.</param>
    public static bool CanRestore(Actor actor, LeadEvent entry, FieldChange change) =>
        Restorable.Contains(entry.Kind)
        && change.Before != change.After
        && Enum.TryParse<LeadField>(change.Field, out var field)
        && (field is not LeadField.Agent || actor.Role is not Role.Agent);

    /// <summary>
    /// Sets a field back to the value before a change, as if the person had typed it: the same rights, rules, event and push
    /// to HubSpot. Where the field has changed again since, nothing is stored unless the person says so.
    /// </summary>
    /// <param name="actor">Who restores.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="eventId">The change.</param>
    /// <param name="field">The field in it.</param>
    /// <param name="overrule">True to put the old value also in place of a later one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A conflict with the present value where there is one.</returns>
    /// <exception cref="InvalidInputException">The old value breaks a rule of today.</exception>
    /// <exception cref="NotFoundException">There is no such lead, or no such change of it, for the actor.</exception>
    /// <exception cref="ForbiddenException">It is about the agent, and the actor is one.</exception>
    /// <exception cref="ClientErasedException">The client was erased.</exception>
    public async Task<LeadEditResult> RestoreFieldAsync(
        Actor actor,
        Guid leadId,
        long eventId,
        LeadField field,
        bool overrule,
        CancellationToken cancellationToken
    )
    {
        var (lead, change) = await ChangeOfAsync(actor, leadId, eventId, field, cancellationToken);
        if (field is LeadField.Stage or LeadField.Agent)
        {
            return await PutBackAsync(actor, leadId, field, change, overrule, cancellationToken);
        }

        // To the form's way of saving it looks as if the form had opened with the value after the change: the one comparison
        // that tells whether somebody has changed it since.
        var opened = LeadInput.From(lead);
        LeadFields.Write(opened, field, change.After);
        var typed = opened with { };
        LeadFields.Write(typed, field, change.Before);
        return await EditAsync(
            actor,
            leadId,
            opened,
            typed,
            overrule ? new HashSet<LeadField> { field } : new HashSet<LeadField>(),
            cancellationToken
        );
    }

    // Compared with the lead as it stands while it is locked: whoever moves it in the same moment is before this or after.
    private Task<LeadEditResult> PutBackAsync(
        Actor actor,
        Guid leadId,
        LeadField field,
        FieldChange change,
        bool overrule,
        CancellationToken cancellationToken
    ) =>
        WriteAsync(
            actor,
            leadId,
            async (db, lead, recorder, token) =>
            {
                var present = LeadFields.Read(lead, field);
                if (!overrule && present != change.After && present != change.Before)
                {
                    var conflict = new LeadEditConflict(field, change.After, change.Before, present, null, null);
                    return new LeadEditResult(false, [], await WithAuthorsAsync(db, leadId, [conflict], token));
                }

                Guid? id = Guid.TryParse(change.Before, out var parsed) ? parsed : null;
                await (
                    field is LeadField.Stage
                        ? PutInStageAsync(db, lead, recorder, id ?? Guid.Empty, refusalReason: null, token)
                        : GiveToAsync(db, lead, recorder, id, reason: null, token)
                );
                return new LeadEditResult(true, [field], []);
            },
            cancellationToken
        );

    private async Task<(Lead Lead, FieldChange Change)> ChangeOfAsync(
        Actor actor,
        Guid leadId,
        long eventId,
        LeadField field,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var lead = await db.VisibleLeadAsync(actor, leadId, cancellationToken);
        if (lead.ErasedAt is not null)
        {
            throw ClientErasedException.Of(actor, leadId);
        }

        var entry = await db.LeadEvents.SingleOrDefaultAsync(
            row => row.Id == eventId && row.LeadId == leadId,
            cancellationToken
        );
        var change = entry?.Changes.FirstOrDefault(row => row.Field == field.ToString());
        return change is not null && CanRestore(actor, entry!, change) ? (lead, change)
            : field is LeadField.Agent && actor.Role is Role.Agent
                ? throw ForbiddenException.For(actor, GuardedAct.HandOverLead, leadId: leadId)
            : throw new NotFoundException("Change");
    }
}
