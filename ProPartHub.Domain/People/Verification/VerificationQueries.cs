using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;

namespace ProPartHub.Domain.People.Verification;

/// <summary>A document to open.</summary>
public sealed record DocumentItem(Guid Id, string Name, long Size);

/// <summary>A request as its agent and its reviewers see it. Times are UTC.</summary>
public sealed record RequestItem(
    Guid Id,
    Guid UserId,
    string Agent,
    string? Team,
    VerificationState State,
    string? Message,
    DateTimeOffset AskedAt,
    DateTimeOffset? DecidedAt,
    string? DecidedBy,
    string? Words,
    IReadOnlyList<DocumentItem> Documents
);

/// <summary>What an agent sees of the own verification.</summary>
/// <param name="IsVerified">Whether the agent is verified.</param>
/// <param name="Percent">Commission in percent, once set.</param>
/// <param name="Requests">Requests and what became of them, newest first.</param>
public sealed record OwnVerification(bool IsVerified, decimal? Percent, IReadOnlyList<RequestItem> Requests);

/// <summary>A verified agent.</summary>
public sealed record VerifiedAgent(Guid Id, string Name, string? Team, decimal? Percent, DateTimeOffset? Since);

/// <summary>A document's content, to be sent to who asked for it.</summary>
public sealed record OpenDocument(Stream Content, string Name, string MediaType);

/// <summary>Who waits for what, for the menus of everybody.</summary>
/// <param name="WaitingByTeam">Waiting requests by team; <see cref="Guid.Empty"/> holds those of agents without one.</param>
/// <param name="Unverified">Agents who are not verified.</param>
public sealed record VerificationOverview(IReadOnlyDictionary<Guid, int> WaitingByTeam, IReadOnlySet<Guid> Unverified);

/// <summary>Reads verification: an agent the own, a manager the team's, an admin everybody's.</summary>
public sealed class VerificationQueries(HubDatabase database, FileStore store, SecurityLog log)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 25;

    /// <summary>The actor's own verification.</summary>
    public async Task<OwnVerification> OwnAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var isVerified = await db
            .Users.Where(user => user.Id == actor.UserId)
            .Select(user => user.IsVerified)
            .SingleOrDefaultAsync(cancellationToken);
        var percent = await db
            .CommissionRates.Where(rate => rate.UserId == actor.UserId)
            .OrderByDescending(rate => rate.Since)
            .Select(rate => (decimal?)rate.Percent)
            .FirstOrDefaultAsync(cancellationToken);
        var own = db.VerificationRequests.Where(row => row.UserId == actor.UserId);
        return new(
            isVerified,
            percent,
            await Items(own.OrderByDescending(row => row.AskedAt).ThenByDescending(row => row.Id))
                .Take(PageSize)
                .ToListAsync(cancellationToken)
        );
    }

    /// <summary>A page of the requests that wait for the actor's decision, the oldest first.</summary>
    public async Task<NumberedPage<RequestItem>> QueueAsync(Actor actor, int page, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await Items(
                VerificationRights
                    .Reviewable(db, actor)
                    .Where(row => row.State == VerificationState.Waiting)
                    .OrderBy(row => row.AskedAt)
                    .ThenBy(row => row.Id)
            )
            .PageAsync(page, PageSize, cancellationToken);
    }

    /// <summary>A page of the verified agents about whom the actor decides, by name.</summary>
    public async Task<NumberedPage<VerifiedAgent>> VerifiedAsync(
        Actor actor,
        int page,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await VerificationRights
            .Agents(db, actor)
            .Where(user => user.IsVerified && user.IsActive)
            .OrderBy(user => user.DisplayName)
            .ThenBy(user => user.Id)
            .Select(user => new
            {
                User = user,
                Team = user.Team!.Name,
                Rate = db
                    .CommissionRates.Where(rate => rate.UserId == user.Id)
                    .OrderByDescending(rate => rate.Since)
                    .FirstOrDefault(),
            })
            .Select(row => new VerifiedAgent(
                row.User.Id,
                row.User.DisplayName,
                row.Team,
                row.Rate == null ? null : row.Rate.Percent,
                row.Rate == null ? null : row.Rate.Since
            ))
            .PageAsync(page, PageSize, cancellationToken);
    }

    /// <summary>Who waits for what in the whole portal; two commands.</summary>
    public async Task<VerificationOverview> OverviewAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var waiting = await db
            .VerificationRequests.Where(row => row.State == VerificationState.Waiting)
            .GroupBy(row => row.User.TeamId)
            .Select(team => new { Team = team.Key, Count = team.Count() })
            .ToListAsync(cancellationToken);
        var unverified = await db
            .Users.Where(user => user.Role == Role.Agent && user.IsActive && !user.IsVerified)
            .Select(user => user.Id)
            .ToListAsync(cancellationToken);
        return new(waiting.ToDictionary(row => row.Team ?? Guid.Empty, row => row.Count), unverified.ToHashSet());
    }

    /// <summary>Opens a document and records who did, or that it cannot be read any more.</summary>
    /// <exception cref="NotFoundException">There is no such document for the actor.</exception>
    /// <exception cref="FileUnreadableException">Its file is gone or was changed, or the keys are lost.</exception>
    public async Task<OpenDocument> OpenAsync(Actor actor, Guid documentId, CancellationToken cancellationToken)
    {
        VerificationDocument document;
        Guid agent;
        await using (var db = await database.ReadAsync(cancellationToken))
        {
            var found = await VerificationRights
                .Visible(db, actor)
                .SelectMany(request => request.Documents, (request, row) => new { Document = row, request.UserId })
                .SingleOrDefaultAsync(row => row.Document.Id == documentId, cancellationToken);
            (document, agent) = found is null
                ? throw await db
                    .VerificationRequests.Where(request => request.Documents.Any(row => row.Id == documentId))
                    .NotFoundAsync(actor, "Document", GuardedAct.OpenDocument, cancellationToken)
                : (found.Document, found.UserId);
        }

        try
        {
            var content = await store.OpenAsync(document.StoredFileId ?? Guid.Empty, cancellationToken);
            await RecordAsync(SecurityEventKind.DocumentOpened);
            return new(content, document.Name, document.Type.MediaType());
        }
        catch (FileUnreadableException)
        {
            await RecordAsync(SecurityEventKind.DocumentUnreadable);
            throw;
        }

        Task RecordAsync(SecurityEventKind kind) =>
            log.RecordAsync(kind, actor, agent, cancellationToken, ("document", document.Name));
    }

    private static IQueryable<RequestItem> Items(IQueryable<VerificationRequest> requests) =>
        requests.Select(row => new RequestItem(
            row.Id,
            row.UserId,
            row.User.DisplayName,
            row.User.Team!.Name,
            row.State,
            row.Message,
            row.AskedAt,
            row.DecidedAt,
            row.DecidedByName,
            row.Words,
            row.Documents.OrderBy(document => document.Id)
                .Select(document => new DocumentItem(document.Id, document.Name, document.Size))
                .ToList()
        ));
}
