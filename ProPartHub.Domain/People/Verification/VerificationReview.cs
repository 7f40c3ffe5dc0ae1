using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Mail;
using ProPartHub.Domain.People.Accounts;

namespace ProPartHub.Domain.People.Verification;

/// <summary>What admins, and managers for their own team, decide about agents. The agent gets each decision by mail.</summary>
public sealed class VerificationReview(
    HubDatabase database,
    MailOutbox outbox,
    VerificationSignal signal,
    TimeProvider time
)
{
    /// <summary>Verifies the agent and sets the commission.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="requestId">The request.</param>
    /// <param name="percent">Commission in percent, from 0 to 100 with at most two decimals.</param>
    /// <param name="reason">Why this rate; may be empty.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Why not, or null when done.</returns>
    /// <exception cref="NotFoundException">There is no such request for the actor.</exception>
    public Task<VerificationFault?> ApproveAsync(
        Actor actor,
        Guid requestId,
        decimal percent,
        string? reason,
        CancellationToken cancellationToken
    ) =>
        percent is < 0 or > 100 || decimal.Round(percent, 2) != percent
            ? Task.FromResult<VerificationFault?>(VerificationFault.RateWrong)
            : DecideAsync(actor, requestId, VerificationState.Approved, reason, percent, cancellationToken);

    /// <summary>Declines; the agent may ask again.</summary>
    /// <inheritdoc cref="ApproveAsync"/>
    public Task<VerificationFault?> RejectAsync(
        Actor actor,
        Guid requestId,
        string? words,
        CancellationToken cancellationToken
    ) => DecideAsync(actor, requestId, VerificationState.Rejected, words, null, cancellationToken);

    /// <summary>Asks the agent for what is missing.</summary>
    /// <inheritdoc cref="ApproveAsync"/>
    public Task<VerificationFault?> AskForMoreAsync(
        Actor actor,
        Guid requestId,
        string? words,
        CancellationToken cancellationToken
    ) => DecideAsync(actor, requestId, VerificationState.MoreAsked, words, null, cancellationToken);

    /// <summary>Takes a verification back; the agent keeps the leads and may ask again.</summary>
    /// <returns>Why not, or null when done.</returns>
    /// <exception cref="NotFoundException">There is no such agent for the actor.</exception>
    public async Task<VerificationFault?> RevokeAsync(
        Actor actor,
        Guid userId,
        string? words,
        CancellationToken cancellationToken
    )
    {
        words = ReadableText.Cleaned(words)?.Trim();
        if (Wrong(words, isNeeded: true) is { } fault)
        {
            return fault;
        }

        var now = time.GetUtcNow();
        var refusal = await database.InTransactionAsync<VerificationFault?>(
            async (db, token) =>
            {
                var user = await db.Users.LockAsync(userId, token);
                if (user is not { Role: Role.Agent })
                {
                    throw new NotFoundException("Agent");
                }

                if (!VerificationRights.MayReview(actor, user))
                {
                    throw NotFoundException.Hidden(actor, "Agent", GuardedAct.DecideVerification, userId);
                }

                if (!user.IsVerified)
                {
                    return VerificationFault.Decided;
                }

                user.IsVerified = false;
                db.VerificationRequests.Add(
                    new VerificationRequest
                    {
                        UserId = userId,
                        State = VerificationState.Revoked,
                        AskedAt = now,
                        DecidedAt = now,
                        DecidedById = actor.StoredId,
                        DecidedByName = actor.Name,
                        Words = words,
                    }
                );
                Record(db, actor, SecurityEventKind.VerificationRevoked, userId, ("reason", words));
                outbox.Add(db, MailKind.VerificationRevoked, user, new(user.DisplayName, null, actor.Name, words));
                return null;
            },
            cancellationToken
        );
        signal.Tell();
        return refusal;
    }

    private async Task<VerificationFault?> DecideAsync(
        Actor actor,
        Guid requestId,
        VerificationState state,
        string? words,
        decimal? percent,
        CancellationToken cancellationToken
    )
    {
        words = string.IsNullOrWhiteSpace(words) ? null : ReadableText.Cleaned(words)!.Trim();
        if (Wrong(words, isNeeded: state is not VerificationState.Approved) is { } fault)
        {
            return fault;
        }

        var refusal = await database.InTransactionAsync<VerificationFault?>(
            async (db, token) =>
            {
                var request =
                    await VerificationRights
                        .Reviewable(db, actor)
                        .Include(row => row.User)
                        .SingleOrDefaultAsync(row => row.Id == requestId, token)
                    ?? throw await db
                        .VerificationRequests.Where(row => row.Id == requestId)
                        .NotFoundAsync(actor, "Request", GuardedAct.DecideVerification, token);
                var user = await db.Users.LockAsync(request.UserId, token);
                await db.Entry(request).ReloadAsync(token);
                if (request.State is not VerificationState.Waiting)
                {
                    return VerificationFault.Decided;
                }

                request.State = state;
                (request.DecidedAt, request.Words) = (time.GetUtcNow(), words);
                (request.DecidedById, request.DecidedByName) = (actor.StoredId, actor.Name);
                Approve(db, actor, user!, percent, words);
                Record(
                    db,
                    actor,
                    SecurityEventKind.VerificationDecided,
                    user!.Id,
                    ("decision", state.ToString()),
                    ("percent", percent is { } rate ? Invariant(rate) : null),
                    ("reason", words)
                );
                var subject = percent is { } share ? Invariant(share) : actor.Name;
                outbox.Add(db, MailOf(state), user, new(user.DisplayName, null, subject, words));
                return null;
            },
            cancellationToken
        );
        signal.Tell();
        return refusal;
    }

    private void Approve(HubDbContext db, Actor actor, HubUser user, decimal? percent, string? reason)
    {
        if (percent is { } rate)
        {
            user.IsVerified = true;
            db.CommissionRates.Add(
                new CommissionRate
                {
                    UserId = user.Id,
                    Percent = rate,
                    Since = time.GetUtcNow(),
                    SetById = actor.StoredId,
                    SetByName = actor.Name,
                    Reason = reason,
                }
            );
        }
    }

    private static VerificationFault? Wrong(string? words, bool isNeeded) =>
        string.IsNullOrEmpty(words)
            ? isNeeded
                ? VerificationFault.WordsMissing
                : null
            : words.Length > VerificationRequest.WordsLength
                ? VerificationFault.TooLong
                : null;

    private static MailKind MailOf(VerificationState state) =>
        state switch
        {
            VerificationState.Approved => MailKind.VerificationApproved,
            VerificationState.Rejected => MailKind.VerificationRejected,
            _ => MailKind.VerificationMoreAsked,
        };

    private static string Invariant(decimal percent) =>
        percent.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);

    private void Record(
        HubDbContext db,
        Actor actor,
        SecurityEventKind kind,
        Guid userId,
        params (string Name, string? Value)[] details
    ) => db.SecurityEvents.Add(SecurityLog.Entry(kind, actor, time, userId, details));
}
