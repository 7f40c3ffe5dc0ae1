using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Says what a stage of HubSpot means here.</summary>
public sealed class StageMeaning(HubDatabase database, SyncSignal signal, TimeProvider time)
{
    /// <summary>
    /// Gives the stage a meaning that no reading of HubSpot overwrites; leads in the stage take it on. The same meaning
    /// again confirms the proposal.
    /// </summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    /// <exception cref="NotFoundException">There is no such stage.</exception>
    public async Task SetAsync(Actor actor, Guid stageId, LeadStatus status, CancellationToken cancellationToken)
    {
        SyncAdmin.RequireAdmin(actor);
        if (!Enum.IsDefined(status))
        {
            throw new InvalidInputException(nameof(Stage.Status), FieldErrorCode.UnknownOption);
        }

        await database.InTransactionAsync(
            async (db, token) =>
            {
                var stage =
                    await db.Stages.SingleOrDefaultAsync(row => row.Id == stageId, token)
                    ?? throw new NotFoundException("Stage");
                db.SecurityEvents.Add(
                    SecurityLog.Entry(
                        SecurityEventKind.SettingChanged,
                        actor,
                        time,
                        userId: null,
                        ("setting", "meaning of a stage"),
                        ("stage", stage.Label),
                        ("before", stage.Status.ToString()),
                        ("after", status.ToString())
                    )
                );
                (stage.Status, stage.IsStatusConfirmed) = (status, true);
                await db
                    .Leads.Where(lead => lead.StageId == stageId && lead.Status != status)
                    .ExecuteUpdateAsync(lead => lead.SetProperty(row => row.Status, status), token);

                // Lists, boards and figures of everybody stand by the meaning.
                await db.NotifyRefreshAsync(token);
            },
            cancellationToken
        );
        signal.Wake();
    }
}
