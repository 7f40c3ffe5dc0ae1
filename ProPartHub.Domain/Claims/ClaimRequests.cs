using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Claims;

/// <summary>Agents ask for clients whom others have, and managers and admins decide.</summary>
public sealed partial class ClaimRequests(
    HubDatabase database,
    Protection protection,
    NotificationWriter notifications,
    TimeProvider time
)
{
    /// <summary>Asks for the client with a phone.</summary>
    /// <param name="actor">The agent who asks.</param>
    /// <param name="requestId">Made by the caller, so that a repeated submit asks once.</param>
    /// <param name="phone">The client's phone, as typed.</param>
    /// <param name="words">Why; up to <see cref="ClaimRequest.WordsLength"/> characters, or null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when nobody holds the client (any more): it can simply be registered.</returns>
    /// <exception cref="ForbiddenException">The actor is no agent.</exception>
    /// <exception cref="InvalidInputException">
    /// The phone is none, the words are too long or unreadable, or too many questions wait already.
    /// </exception>
    public Task<bool> AskAsync(
        Actor actor,
        Guid requestId,
        string? phone,
        string? words,
        CancellationToken cancellationToken
    )
    {
        if (actor.Role is not Role.Agent)
        {
            throw ForbiddenException.For(actor, GuardedAct.AskForClient);
        }

        var said = Checked(words, nameof(ClaimRequest.Words), isNeeded: false);
        if (!PhoneNumber.TryNormalise(phone, out var number) || number is null)
        {
            throw new InvalidInputException(nameof(LeadField.Phone), FieldErrorCode.InvalidPhone);
        }

        return database.InTransactionAsync(
            async (db, token) =>
            {
                await DuplicateCheck.LockPhoneAsync(db, number, token);
                var since = await protection.SinceAsync(db, token);
                var held = await DuplicateCheck.Holding(db, number, null, since).FirstOrDefaultAsync(token);
                if (held is null || actor.CanSee(held.AgentId, held.TeamId))
                {
                    return false;
                }

                var waiting = await db
                    .ClaimRequests.Where(row => row.AskedById == actor.UserId && row.State == ClaimState.Waiting)
                    .Select(row => row.LeadId)
                    .ToListAsync(token);
                if (waiting.Contains(held.Id))
                {
                    return true;
                }

                if (waiting.Count >= ClaimRequest.MostWaiting)
                {
                    throw new InvalidInputException([
                        new FieldError(nameof(LeadField.Phone), FieldErrorCode.TooMany, ClaimRequest.MostWaiting),
                    ]);
                }

                await AddAsync(db, actor, requestId, held, number, said, token);
                return true;
            },
            cancellationToken
        );
    }

    /// <summary>Takes a question back; nothing happens where it was decided already.</summary>
    /// <exception cref="NotFoundException">There is no such question of the actor's.</exception>
    public Task WithdrawAsync(Actor actor, Guid requestId, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var request =
                    await db.ClaimRequests.SingleOrDefaultAsync(
                        row => row.Id == requestId && row.AskedById == actor.UserId,
                        token
                    ) ?? throw await NotFoundAsync(db, actor, requestId, token);
                if (request.State is ClaimState.Waiting)
                {
                    Settle(actor, request, ClaimState.Withdrawn, null);
                    Record(db, actor, SecurityEventKind.ClaimAsked, request);
                }
            },
            cancellationToken
        );

    private async Task AddAsync(
        HubDbContext db,
        Actor actor,
        Guid requestId,
        Lead lead,
        string phone,
        string? words,
        CancellationToken cancellationToken
    )
    {
        var request = new ClaimRequest
        {
            Id = requestId,
            LeadId = lead.Id,
            AskedById = actor.UserId,
            Phone = phone,
            Words = words,
            AskedAt = time.GetUtcNow(),
        };
        db.ClaimRequests.Add(request);
        Record(db, actor, SecurityEventKind.ClaimAsked, request);
        var deciders = await ClaimRights.DecidersAsync(db, actor.TeamId, lead, cancellationToken);
        await notifications.WriteAsync(
            db,
            [.. deciders.Select(person => About(actor, request, person, NotificationKind.ClaimAsked))],
            cancellationToken
        );
    }

    private static Occasion About(Actor actor, ClaimRequest request, Guid person, NotificationKind kind) =>
        new(person, kind, $"claim:{request.Id:N}", request.DecidedAt ?? request.AskedAt)
        {
            SubjectId = request.Id,
            ActorId = actor.StoredId,
            ActorName = actor.Name,
        };

    private void Settle(Actor actor, ClaimRequest request, ClaimState state, string? words)
    {
        (request.State, request.Decision, request.DecidedAt) = (state, words, time.GetUtcNow());
        (request.DecidedById, request.DecidedByName) = (actor.StoredId, actor.Name);
    }

    private void Record(HubDbContext db, Actor actor, SecurityEventKind kind, ClaimRequest request) =>
        db.SecurityEvents.Add(
            SecurityLog.About(
                kind,
                actor.Writing(),
                time,
                request.AskedById,
                request.LeadId,
                [("decision", request.State.ToString()), ("reason", request.Decision ?? request.Words)]
            )
        );

    private static async Task<NotFoundException> NotFoundAsync(
        HubDbContext db,
        Actor actor,
        Guid requestId,
        CancellationToken cancellationToken
    ) =>
        await db
            .ClaimRequests.Where(row => row.Id == requestId)
            .Select(row => (Guid?)row.AskedById)
            .SingleOrDefaultAsync(cancellationToken)
            is { } asker
            ? NotFoundException.Hidden(actor, "Request", GuardedAct.DecideClaim, asker)
            : new NotFoundException("Request");

    private static string? Checked(string? words, string field, bool isNeeded)
    {
        var text = words?.ReplaceLineEndings("\n").Trim();
        return text switch
        {
            null or "" when isNeeded => throw new InvalidInputException(field, FieldErrorCode.Required),
            null or "" => null,
            { Length: > ClaimRequest.WordsLength } => throw new InvalidInputException([
                new FieldError(field, FieldErrorCode.TooLong, ClaimRequest.WordsLength),
            ]),
            _ when !ReadableText.Is(text) => throw new InvalidInputException(field, FieldErrorCode.UnreadableText),
            _ => text,
        };
    }
}
