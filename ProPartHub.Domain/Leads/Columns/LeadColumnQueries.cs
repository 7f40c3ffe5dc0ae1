using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Leads.Columns;

/// <summary>
/// Reads what columns say beyond a row: one command for whatever rows and columns, none where nothing beyond is shown. A
/// part that no shown column asks for is not looked up by the database either.
/// </summary>
public sealed class LeadColumnQueries(HubDatabase database, TimeProvider time)
{
    private static readonly HashSet<LeadColumn> Beyond =
    [
        LeadColumn.SecondPhone,
        LeadColumn.Telegram,
        LeadColumn.Messenger,
        LeadColumn.Company,
        LeadColumn.Language,
        LeadColumn.PurchaseGoal,
        LeadColumn.PropertyType,
        LeadColumn.ObjectType,
        LeadColumn.FollowUp,
        LeadColumn.Activity,
        LeadColumn.Sync,
        LeadColumn.Team,
    ];

    /// <summary>True when a column says more than a <see cref="LeadRow"/> has.</summary>
    public static bool IsBeyondRow(LeadColumn column) => Beyond.Contains(column);

    /// <summary>What the columns say of the leads that the actor may see; others are missing from the answer.</summary>
    /// <param name="actor">Who reads.</param>
    /// <param name="leadIds">Of which leads.</param>
    /// <param name="columns">The columns that are shown.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyDictionary<Guid, LeadExtra>> ReadAsync(
        Actor actor,
        IReadOnlyCollection<Guid> leadIds,
        IReadOnlyCollection<LeadColumn> columns,
        CancellationToken cancellationToken
    )
    {
        if (leadIds.Count == 0 || !columns.Any(IsBeyondRow))
        {
            return new Dictionary<Guid, LeadExtra>();
        }

        await using var db = await database.ReadAsync(cancellationToken);
        var leads = db.Leads.VisibleTo(actor).Where(lead => leadIds.Contains(lead.Id));
        return await ToExtras(db, leads, columns, time.GetUtcNow())
            .ToDictionaryAsync(extra => extra.Id, cancellationToken);
    }

    internal static IQueryable<LeadExtra> ToExtras(
        HubDbContext db,
        IQueryable<Lead> leads,
        IReadOnlyCollection<LeadColumn> columns,
        DateTimeOffset now
    )
    {
        var (followUp, activity, sync, team) = (
            columns.Contains(LeadColumn.FollowUp),
            columns.Contains(LeadColumn.Activity),
            columns.Contains(LeadColumn.Sync),
            columns.Contains(LeadColumn.Team)
        );
        return leads.Select(lead => new LeadExtra(
            lead.Id,
            lead.SecondPhone,
            lead.Telegram,
            lead.Messenger,
            lead.Company,
            lead.Language,
            lead.PurchaseGoal,
            lead.PropertyType,
            lead.ObjectType,
            !followUp
                ? null
                : db
                    .FollowUps.Where(row => row.LeadId == lead.Id && row.DoneAt == null && row.DeletedAt == null)
                    .OrderBy(row => row.DueAt)
                    .ThenBy(row => row.Id)
                    .Select(row => (DateTimeOffset?)row.DueAt)
                    .FirstOrDefault(),
            !followUp
                ? null
                : db
                    .FollowUps.Where(row => row.LeadId == lead.Id && row.DoneAt == null && row.DeletedAt == null)
                    .OrderBy(row => row.DueAt)
                    .ThenBy(row => row.Id)
                    .Select(row => row.Title)
                    .FirstOrDefault(),
            !activity
                ? null
                : db
                    .Comments.Where(row => row.LeadId == lead.Id && row.DeletedAt == null)
                    .OrderByDescending(row => row.CreatedAt)
                    .Select(row => (DateTimeOffset?)row.CreatedAt)
                    .FirstOrDefault(),
            // A meeting that is planned has not happened yet.
            !activity
                ? null
                : db
                    .Activities.Where(row => row.LeadId == lead.Id && row.DeletedAt == null && row.OccurredAt <= now)
                    .OrderByDescending(row => row.OccurredAt)
                    .Select(row => (DateTimeOffset?)row.OccurredAt)
                    .FirstOrDefault(),
            !sync ? null
                : db.Outbox.Any(entry => entry.LeadId == lead.Id && entry.ParkedAt != null) ? LeadSyncFilter.Parked
                : db.Outbox.Any(entry => entry.LeadId == lead.Id) ? LeadSyncFilter.Waiting
                : LeadSyncFilter.InStep,
            !team ? null : db.Teams.Where(row => row.Id == lead.TeamId).Select(row => row.Name).FirstOrDefault()
        ));
    }
}
