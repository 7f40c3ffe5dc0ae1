using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Dashboards;

/// <summary>How an agent's work stands.</summary>
/// <param name="UserId">The agent.</param>
/// <param name="Name">The agent's name.</param>
/// <param name="Active">Leads that are neither won nor lost.</param>
/// <param name="Won">Deals won.</param>
/// <param name="Overdue">Follow-ups that were due before now.</param>
/// <param name="Quiet">Open leads about which nothing has happened for <see cref="QuietRule.Days"/> days, and for which nothing is planned.</param>
/// <param name="Points">Points of the agency's present month.</param>
public sealed record TeamLine(Guid UserId, string Name, int Active, int Won, int Overdue, int Quiet, int Points);

/// <summary>Reads how the agents' work stands: a manager's team, for admins everybody.</summary>
public sealed class TeamQueries(HubDatabase database, AgencyCalendar calendar, TimeProvider time)
{
    /// <summary>Most agents shown.</summary>
    public const int Most = 100;

    /// <summary>A line for each active agent whom the actor leads, by name; six commands. None for agents.</summary>
    public async Task<IReadOnlyList<TeamLine>> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Role is Role.Agent || (actor.Role is Role.Manager && actor.TeamId is null))
        {
            return [];
        }

        var now = time.GetUtcNow();
        await using var db = await database.ReadAsync(cancellationToken);
        var quietSince = (await db.SettingAsync(QuietRule.Key, cancellationToken)).Since(calendar, now);
        var agents = await db
            .Users.Where(user =>
                user.IsActive && user.Role == Role.Agent && (actor.Role == Role.Admin || user.TeamId == actor.TeamId)
            )
            .OrderBy(user => user.DisplayName)
            .ThenBy(user => user.Id)
            .Take(Most)
            .Select(user => new { user.Id, user.DisplayName })
            .ToListAsync(cancellationToken);
        var ids = agents.ConvertAll(agent => agent.Id);
        var leads = await db
            .StageFigures.VisibleTo(actor)
            .Where(figure => figure.AgentId != null && ids.Contains(figure.AgentId.Value))
            .Join(
                db.Stages,
                figure => figure.StageId,
                stage => stage.Id,
                (figure, stage) =>
                    new
                    {
                        AgentId = figure.AgentId!.Value,
                        stage.Status,
                        figure.Leads,
                    }
            )
            .GroupBy(row => row.AgentId)
            .Select(agent => new
            {
                agent.Key,
                Active = agent.Sum(row => row.Status < LeadStatus.Won ? row.Leads : 0),
                Won = agent.Sum(row => row.Status == LeadStatus.Won ? row.Leads : 0),
            })
            .ToDictionaryAsync(row => row.Key, cancellationToken);
        var theirs = db
            .Leads.VisibleTo(actor)
            .Where(lead => lead.ArchivedAt == null && lead.AgentId != null && ids.Contains(lead.AgentId.Value));
        var overdue = await db
            .FollowUps.Where(row => row.DoneAt == null && row.DeletedAt == null && row.DueAt < now)
            .Join(theirs, row => row.LeadId, lead => lead.Id, (_, lead) => lead.AgentId!.Value)
            .GroupBy(agent => agent)
            .Select(agent => new { agent.Key, Count = agent.Count() })
            .ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);
        var quiet = await LeadQueries
            .Filter(db, actor, QuietQueries.Filter(quietSince))
            .Where(lead => lead.AgentId != null && ids.Contains(lead.AgentId.Value))
            .GroupBy(lead => lead.AgentId!.Value)
            .Select(agent => new { agent.Key, Count = agent.Count() })
            .ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);
        var month = calendar.Month(calendar.DayOf(now));
        var points = await db
            .PointEntries.Where(entry =>
                entry.At >= month.From && entry.At < month.Before && ids.Contains(entry.UserId)
            )
            .GroupBy(entry => entry.UserId)
            .Select(person => new { person.Key, Points = person.Sum(entry => entry.Points) })
            .ToDictionaryAsync(row => row.Key, row => row.Points, cancellationToken);
        return
        [
            .. agents.Select(agent => new TeamLine(
                agent.Id,
                agent.DisplayName,
                leads.GetValueOrDefault(agent.Id)?.Active ?? 0,
                leads.GetValueOrDefault(agent.Id)?.Won ?? 0,
                overdue.GetValueOrDefault(agent.Id),
                quiet.GetValueOrDefault(agent.Id),
                points.GetValueOrDefault(agent.Id)
            )),
        ];
    }
}
