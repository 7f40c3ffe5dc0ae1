using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.FollowUps;

/// <content>Opening one again whose next was made by then.</content>
public sealed partial class FollowUpService
{
    // The next one goes with it while nobody has touched it; otherwise both stand, and doing this one again makes no third.
    private static async Task TakeNextBackAsync(
        HubDbContext db,
        Lead lead,
        FollowUp followUp,
        LeadRecorder recorder,
        CancellationToken cancellationToken
    )
    {
        var next = await db.FollowUps.SingleOrDefaultAsync(row => row.Id == followUp.NextId, cancellationToken);
        var isUntouched =
            next is { DoneAt: null, DeletedAt: null, RepeatFrom: not null }
            && (next.Title, next.Details, next.LeadId) == (followUp.Title, followUp.Details, followUp.LeadId);
        if (!isUntouched)
        {
            return;
        }

        (next!.DeletedAt, followUp.NextId) = (recorder.At, null);
        await FinishAsync(
            db,
            lead,
            recorder,
            LeadEventKind.FollowUpDeleted,
            [new FieldChange(FollowUpFields.Title, next.Title, null)],
            next.Id,
            cancellationToken
        );
    }
}
