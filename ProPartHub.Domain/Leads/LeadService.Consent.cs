using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Leads;

/// <content>The client's consent to the keeping of personal data. HubSpot is not told of it.</content>
public sealed partial class LeadService
{
    /// <summary>
    /// Records what the client said: that the consent is given, taken back, or was recorded by mistake. What somebody else
    /// recorded while the form was open is a conflict, and nothing is stored until the person decides.
    /// </summary>
    /// <param name="actor">Who records.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="opened">What the form opened with.</param>
    /// <param name="typed">What it says on save.</param>
    /// <param name="overrule">True once the person has seen what the other recorded and decided for the own.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidInputException">The state is none, or the note is too long or unreadable.</exception>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    /// <exception cref="ClientErasedException">The client was erased.</exception>
    public Task<ConsentResult> RecordConsentAsync(
        Actor actor,
        Guid leadId,
        ConsentInput opened,
        ConsentInput typed,
        bool overrule,
        CancellationToken cancellationToken
    )
    {
        var (before, mine) = (opened.Normalised(), Checked(typed));
        return WriteAsync(
            actor,
            leadId,
            async (db, lead, recorder, token) =>
            {
                var current = LeadConsent.Of(lead).ToInput();
                if (!overrule && current != before && current != mine)
                {
                    return new ConsentResult(false, await ConflictAsync(db, leadId, current, token));
                }

                recorder.Consent(db, lead, mine);
                return new ConsentResult(true, null);
            },
            cancellationToken,
            isForHubSpot: false
        );
    }

    private static ConsentInput Checked(ConsentInput typed)
    {
        if (!Enum.IsDefined(typed.State))
        {
            throw new InvalidInputException(nameof(ConsentInput.State), FieldErrorCode.UnknownOption);
        }

        CheckedNote(typed.Note);
        return typed.Normalised();
    }

    private static async Task<ConsentConflict> ConflictAsync(
        HubDbContext db,
        Guid leadId,
        ConsentInput current,
        CancellationToken cancellationToken
    )
    {
        var cause = await db
            .LeadEvents.AsNoTracking()
            .Where(entry => entry.LeadId == leadId && entry.Kind == LeadEventKind.ConsentRecorded)
            .OrderByDescending(entry => entry.Id)
            .FirstOrDefaultAsync(cancellationToken);
        return new ConsentConflict(current, cause?.ActorName, cause?.OccurredAt);
    }
}
