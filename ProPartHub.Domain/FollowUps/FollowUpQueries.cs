using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.FollowUps;

/// <summary>A follow-up as pages show it.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Title">What to do; empty for a task that came without a title.</param>
/// <param name="Details">More about it.</param>
/// <param name="DueAt">By when (UTC).</param>
/// <param name="DoneAt">When it was done (UTC).</param>
/// <param name="AuthorName">Who wrote it.</param>
/// <param name="OwnerName">Whose task it is in HubSpot, where that is not the lead's agent.</param>
/// <param name="IsWaitingForHubSpot">True while a change of it has not reached HubSpot.</param>
/// <param name="Repeat">How often it comes again.</param>
public sealed record FollowUpView(
    Guid Id,
    string Title,
    string? Details,
    DateTimeOffset DueAt,
    DateTimeOffset? DoneAt,
    string AuthorName,
    string? OwnerName,
    bool IsWaitingForHubSpot,
    FollowUpRepeat Repeat
);

/// <summary>Reads follow-ups.</summary>
public sealed class FollowUpQueries(HubDatabase database)
{
    /// <summary>Most open follow-ups of one lead that a page shows.</summary>
    public const int MostOpen = 100;

    /// <summary>A lead's open follow-ups, those due first first; two commands.</summary>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    public async Task<IReadOnlyList<FollowUpView>> OpenAsync(
        Actor actor,
        Guid leadId,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        await db.RequireVisibleLeadAsync(actor, leadId, cancellationToken);
        return await View(
                db,
                db.FollowUps.Where(row => row.LeadId == leadId && row.DoneAt == null && row.DeletedAt == null)
                    .OrderBy(row => row.DueAt)
                    .ThenBy(row => row.Id)
                    .Take(MostOpen)
            )
            .ToListAsync(cancellationToken);
    }

    /// <summary>A lead's done follow-ups before a moment, those done last first.</summary>
    internal static IQueryable<FollowUpView> Done(HubDbContext db, Guid leadId, DateTimeOffset before, int most) =>
        View(
            db,
            db.FollowUps.Where(row => row.LeadId == leadId && row.DeletedAt == null && row.DoneAt < before)
                .OrderByDescending(row => row.DoneAt)
                .ThenByDescending(row => row.Id)
                .Take(most)
        );

    private static IQueryable<FollowUpView> View(HubDbContext db, IQueryable<FollowUp> followUps) =>
        followUps.Select(row => new FollowUpView(
            row.Id,
            row.Title,
            row.Details,
            row.DueAt,
            row.DoneAt,
            row.AuthorName,
            row.OwnerName,
            db.Outbox.Any(entry => entry.Kind == OutboxKind.FollowUp && entry.SubjectId == row.Id),
            row.Repeat
        ));
}
