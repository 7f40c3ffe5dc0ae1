using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Dashboards;

/// <summary>When a follow-up is to be done.</summary>
public enum AgendaPart
{
    /// <summary>It was due before now.</summary>
    Overdue,

    /// <summary>Later today, by the agency's day.</summary>
    Today,

    /// <summary>In the seven days after today.</summary>
    Next,
}

/// <summary>A follow-up with the lead that it is about.</summary>
/// <param name="Id">The follow-up.</param>
/// <param name="Title">What to do; empty for a task that came without a title.</param>
/// <param name="DueAt">By when (UTC).</param>
/// <param name="LeadId">The lead.</param>
/// <param name="ClientName">Its client.</param>
/// <param name="Phone">The client's phone in E.164.</param>
/// <param name="AgentName">Whose lead it is; null for the pool.</param>
public sealed record AgendaItem(
    Guid Id,
    string Title,
    DateTimeOffset DueAt,
    Guid LeadId,
    string ClientName,
    string? Phone,
    string? AgentName
);

/// <summary>A part of the agenda.</summary>
/// <param name="Part">Which.</param>
/// <param name="Total">How many follow-ups are in it.</param>
/// <param name="Items">The first of them, those due first first.</param>
public sealed record AgendaGroup(AgendaPart Part, int Total, IReadOnlyList<AgendaItem> Items);

/// <summary>Reads what is to be done: open follow-ups of leads that are not archived.</summary>
public sealed class AgendaQueries(HubDatabase database, AgencyCalendar calendar, TimeProvider time)
{
    /// <summary>Most follow-ups of a part that are shown.</summary>
    public const int Shown = 12;

    private const int DaysAhead = 7;

    /// <summary>The parts that have follow-ups, in order; two commands.</summary>
    public async Task<IReadOnlyList<AgendaGroup>> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var today = calendar.DayOf(now);
        var (tomorrow, end) = (calendar.StartOf(today.AddDays(1)), calendar.StartOf(today.AddDays(1 + DaysAhead)));
        await using var db = await database.ReadAsync(cancellationToken);
        var open = db.FollowUps.Where(row => row.DoneAt == null && row.DeletedAt == null);
        var leads = db.Leads.VisibleTo(actor).Where(lead => lead.ArchivedAt == null);
        var totals = await open.Where(row => row.DueAt < end)
            .Join(leads, row => row.LeadId, lead => lead.Id, (row, _) => row.DueAt)
            .GroupBy(due =>
                due < now ? AgendaPart.Overdue
                : due < tomorrow ? AgendaPart.Today
                : AgendaPart.Next
            )
            .Select(part => new { Part = part.Key, Count = part.Count() })
            .ToDictionaryAsync(row => row.Part, row => row.Count, cancellationToken);

        // A branch for each part reads its few rows; the busiest part must not push the others out.
        var items = await First(open.Where(row => row.DueAt < now), leads)
            .Concat(First(open.Where(row => row.DueAt >= now && row.DueAt < tomorrow), leads))
            .Concat(First(open.Where(row => row.DueAt >= tomorrow && row.DueAt < end), leads))
            .Join(
                leads,
                row => row.LeadId,
                lead => lead.Id,
                (row, lead) =>
                    new AgendaItem(
                        row.Id,
                        row.Title,
                        row.DueAt,
                        lead.Id,
                        lead.ClientName,
                        lead.Phone,
                        lead.Agent!.DisplayName
                    )
            )
            .ToListAsync(cancellationToken);
        var parts = items
            .OrderBy(item => item.DueAt)
            .ThenBy(item => item.Id)
            .ToLookup(item =>
                item.DueAt < now ? AgendaPart.Overdue
                : item.DueAt < tomorrow ? AgendaPart.Today
                : AgendaPart.Next
            );
        return
        [
            .. Enum.GetValues<AgendaPart>()
                .Where(part => parts[part].Any())
                .Select(part => new AgendaGroup(
                    part,
                    // Whatever was added between the two commands is shown, so it counts.
                    Math.Max(totals.GetValueOrDefault(part), parts[part].Count()),
                    [.. parts[part]]
                )),
        ];
    }

    private static IQueryable<FollowUp> First(IQueryable<FollowUp> followUps, IQueryable<Lead> leads) =>
        followUps
            .Join(leads, row => row.LeadId, lead => lead.Id, (row, _) => row)
            .OrderBy(row => row.DueAt)
            .ThenBy(row => row.Id)
            .Take(Shown);
}
