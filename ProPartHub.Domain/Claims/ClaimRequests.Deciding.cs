using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Claims;

/// <content>What managers and admins decide.</content>
public sealed partial class ClaimRequests
{
    /// <summary>Gives the client to who asked: the lead changes hands with all that hangs on it.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="requestId">The question.</param>
    /// <param name="words">Why; both agents read it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What became of it: somebody may have decided before, or there may be nothing left to decide.</returns>
    /// <exception cref="InvalidInputException">The words are missing, too long or unreadable, or who asked has no account any more.</exception>
    /// <exception cref="NotFoundException">There is no such question for the actor to decide.</exception>
    public Task<ClaimState> GrantAsync(
        Actor actor,
        Guid requestId,
        string? words,
        CancellationToken cancellationToken
    ) => DecideAsync(actor, requestId, ClaimState.Granted, words, cancellationToken);

    /// <summary>Leaves the client where it is.</summary>
    /// <inheritdoc cref="GrantAsync"/>
    public Task<ClaimState> RefuseAsync(
        Actor actor,
        Guid requestId,
        string? words,
        CancellationToken cancellationToken
    ) => DecideAsync(actor, requestId, ClaimState.Refused, words, cancellationToken);

    private Task<ClaimState> DecideAsync(
        Actor actor,
        Guid requestId,
        ClaimState state,
        string? words,
        CancellationToken cancellationToken
    )
    {
        var said = Checked(words, nameof(ClaimRequest.Decision), isNeeded: true);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                var request =
                    await ClaimRights.Decidable(db, actor).SingleOrDefaultAsync(row => row.Id == requestId, token)
                    ?? throw await NotFoundAsync(db, actor, requestId, token);
                if (request.State is not ClaimState.Waiting)
                {
                    return request.State;
                }

                // A question that did not go along with a merge lapses with its lead.
                var lead = await db.LeadToChangeAsync(actor, request.LeadId, token, evenMerged: true);
                if (!lead.IsOpen || lead.AgentId == request.AskedById)
                {
                    Settle(actor, request, ClaimState.Lapsed, null);
                    Record(db, actor, SecurityEventKind.ClaimDecided, request);
                    return request.State;
                }

                Settle(actor, request, state, said);
                Record(db, actor, SecurityEventKind.ClaimDecided, request);
                var holder = lead.AgentId;
                await ApplyAsync(db, actor, request, lead, token);
                await notifications.WriteAsync(db, [.. Told(actor, request, holder)], token);
                return request.State;
            },
            cancellationToken
        );
    }

    private async Task ApplyAsync(
        HubDbContext db,
        Actor actor,
        ClaimRequest request,
        Lead lead,
        CancellationToken cancellationToken
    )
    {
        var recorder = new LeadRecorder(actor, ChangeOrigin.Portal, time.GetUtcNow());
        var reason = ReadableText.Cut(request.Decision!.ReplaceLineEndings(" "), LeadLimits.TransferReason);
        if (request.State is ClaimState.Refused)
        {
            recorder.Record(
                db,
                lead,
                LeadEventKind.ClaimRefused,
                [new(FieldChange.Reason, null, reason)],
                subjectId: request.Id
            );
            return;
        }

        var agent =
            await db.Users.SingleOrDefaultAsync(
                user => user.Id == request.AskedById && user.IsActive,
                cancellationToken
            ) ?? throw new InvalidInputException(nameof(LeadField.Agent), FieldErrorCode.UnknownOption);
        recorder.Transfer(db, lead, agent, reason);
        await recorder.MarkForHubSpotAsync(db, OutboxKind.Lead, lead.Id, lead.Id, cancellationToken);
        await recorder.MarkFollowUpsForHubSpotAsync(db, lead.Id, cancellationToken);
    }

    // Who loses the lead is told so by its transfer.
    private static IEnumerable<Occasion> Told(Actor actor, ClaimRequest request, Guid? holder)
    {
        var isGranted = request.State is ClaimState.Granted;
        yield return About(actor, request, request.AskedById, NotificationKind.ClaimDecided) with
        {
            Facts = new() { IsGranted = isGranted },
        };
        if (!isGranted && holder is { } agent)
        {
            yield return About(actor, request, agent, NotificationKind.ClaimKept) with
            {
                LeadId = request.LeadId,
            };
        }
    }
}
