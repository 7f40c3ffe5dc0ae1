using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Dashboards;

/// <summary>One thing that others did to a lead.</summary>
/// <param name="Kind">What.</param>
/// <param name="Origin">From where.</param>
/// <param name="At">When (UTC).</param>
/// <param name="ByName">Who did it.</param>
/// <param name="Changes">Field by field.</param>
/// <param name="SubjectId">The comment, activity or follow-up that it is about.</param>
public sealed record NewsItem(
    LeadEventKind Kind,
    ChangeOrigin Origin,
    DateTimeOffset At,
    string ByName,
    IReadOnlyList<FieldChange> Changes,
    Guid? SubjectId
)
{
    /// <summary>True for what somebody wrote or said: comments, calls, mails and meetings.</summary>
    public bool IsAnswer => Kind is LeadEventKind.CommentAdded or LeadEventKind.ActivityAdded;
}

/// <summary>A lead to which others did something.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="Number">Its short number.</param>
/// <param name="ClientName">Its client.</param>
/// <param name="Items">What, newest first.</param>
public sealed record NewsLead(Guid LeadId, long Number, string ClientName, IReadOnlyList<NewsItem> Items)
{
    /// <summary>True where somebody wrote or said something.</summary>
    public bool HasAnswer => Items.Any(item => item.IsAnswer);
}

/// <summary>What others did since somebody was last here.</summary>
/// <param name="Since">Since when.</param>
/// <param name="UpTo">Up to where it was read: hand it to <see cref="SeenMarks.SeenAsync"/> once it was seen.</param>
/// <param name="Leads">By lead: those with answers first, then by the latest change.</param>
/// <param name="IsCut">True when there was more than is shown.</param>
public sealed record News(SeenPlace Since, SeenPlace UpTo, IReadOnlyList<NewsLead> Leads, bool IsCut);

/// <summary>Reads what others did since somebody was last here, by lead.</summary>
public sealed class NewsQueries(HubDatabase database, TimeProvider time)
{
    /// <summary>Most things read; older ones are in the leads' own histories.</summary>
    public const int Most = 200;

    /// <summary>What others did to the leads that the actor may see now; two commands.</summary>
    /// <param name="actor">Who reads; what this person did is no news.</param>
    /// <param name="since">From where: <see cref="SeenMarks.VisitAsync"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<News> ReadAsync(Actor actor, SeenPlace since, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);

        // The place first: what commits between the two commands is shown and comes again, instead of being lost.
        var place = await db
            .Database.SqlQuery<string>($"""SELECT pg_current_snapshot()::text AS "Value" """)
            .SingleAsync(cancellationToken);
        var rows = await Since(db, since, place)
            .VisibleTo(actor)
            .Where(entry => entry.Kind != LeadEventKind.SyncStateChanged && entry.ErasedAt == null)
            .Where(entry => entry.ActorId == null || entry.ActorId != actor.UserId)
            .Join(
                db.Leads.VisibleTo(actor).Where(lead => lead.ArchivedAt == null),
                entry => entry.LeadId,
                lead => lead.Id,
                (entry, lead) =>
                    new
                    {
                        Event = entry,
                        lead.Number,
                        lead.ClientName,
                    }
            )
            .OrderByDescending(row => row.Event.TransactionId)
            .ThenByDescending(row => row.Event.Id)
            .Take(Most + 1)
            .ToListAsync(cancellationToken);
        var leads = rows.Take(Most)
            .GroupBy(row => row.Event.LeadId)
            .Select(lead => new NewsLead(
                lead.Key,
                lead.First().Number,
                lead.First().ClientName,
                [
                    .. lead.Select(row => new NewsItem(
                        row.Event.Kind,
                        row.Event.Origin,
                        row.Event.OccurredAt,
                        row.Event.ActorName,
                        row.Event.Changes,
                        row.Event.SubjectId
                    )),
                ]
            ))
            .OrderByDescending(lead => lead.HasAnswer)
            .ThenByDescending(lead => lead.Items[0].At);
        return new(since, new(place, time.GetUtcNow()), [.. leads], rows.Count > Most);
    }

    private static IQueryable<LeadEvent> Since(HubDbContext db, SeenPlace since, string now) =>
        since.Snapshot is { } snapshot && SeenPlace.EndOf(snapshot) <= SeenPlace.EndOf(now)
            ? db.LeadEvents.FromSql(
                $"""
                SELECT * FROM lead_events
                WHERE transaction_id >= pg_snapshot_xmin({snapshot}::pg_snapshot)
                    AND NOT pg_visible_in_snapshot(transaction_id, {snapshot}::pg_snapshot)
                """
            )
            : db.LeadEvents.Where(entry => entry.OccurredAt >= since.At);
}
