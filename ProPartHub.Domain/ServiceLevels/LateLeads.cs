using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.ServiceLevels;

/// <summary>
/// Finds leads that are late. Time is turned round: not when each lead will be late is computed, but since when a lead must
/// have waited to be late now. That is one moment for each step, and an index knows the leads beyond it.
/// </summary>
internal sealed class LateLeads(WorkingClock clock, AgencyCalendar calendar, DateTimeOffset now)
{
    /// <summary>Open leads with an agent to which a step of a service level applies now, taken or not.</summary>
    /// <param name="db">The context.</param>
    /// <param name="level">The service level.</param>
    /// <param name="after">How much later than the limit.</param>
    /// <returns>Null when nothing can be late, as outside working hours.</returns>
    public IQueryable<Lead>? Find(HubDbContext db, ServiceLevel level, int after)
    {
        // Demo leads take part where all is demo, beside the sandbox.
        var leads = db
            .Leads.FromSql(
                $"""
                SELECT *, xmin FROM leads
                WHERE NOT is_demo OR EXISTS (SELECT FROM hubspot_account WHERE is_sandbox)
                """
            )
            .Where(lead =>
                lead.AgentId != null && lead.ArchivedAt == null && lead.Status < LeadStatus.Won && lead.ErasedAt == null
            );
        if (level.TeamId is { } team)
        {
            leads = leads.Where(lead => lead.TeamId == team);
        }

        if (level.StageIds.Count > 0)
        {
            var stages = level.StageIds;
            leads = leads.Where(lead => stages.Contains(lead.StageId));
        }

        if (level.Duty is ServiceDuty.FirstAnswer)
        {
            var start = clock.LatestStart(now, TimeSpan.FromHours(level.Limit + after));
            return start is { } latest
                ? leads.Where(lead => lead.AnsweredAt == null && lead.AssignedAt <= latest)
                : null;
        }

        var quiet = calendar.StartOf(calendar.DayOf(now).AddDays(-(level.Limit + after)));
        return leads.Where(lead => lead.WorkedAt < quiet);
    }

    /// <summary>How many steps are due for what is owed since a moment.</summary>
    public int StepsDue(ServiceLevel level, DateTimeOffset since) =>
        level.Steps.Count(step =>
            level.Duty is ServiceDuty.FirstAnswer
                ? clock.Between(since, now) >= TimeSpan.FromHours(level.Limit + step.After)
                : since < calendar.StartOf(calendar.DayOf(now).AddDays(-(level.Limit + step.After)))
        );

    /// <summary>Since when a lead owes its answer (UTC).</summary>
    public static DateTimeOffset SinceOf(ServiceLevel level, Lead lead) =>
        level.Duty is ServiceDuty.FirstAnswer ? lead.AssignedAt : lead.WorkedAt;

    /// <summary>Those for which a step was not taken yet in the present chain, and the one before it was.</summary>
    public static IQueryable<Lead> Untaken(HubDbContext db, IQueryable<Lead> leads, ServiceLevel level, int step)
    {
        var (id, isFirst) = (level.Id, level.Duty is ServiceDuty.FirstAnswer);
        leads = leads.Where(lead =>
            !db.ServiceStepsTaken.Any(taken =>
                taken.ServiceLevelId == id
                && taken.LeadId == lead.Id
                && taken.Step == step
                && taken.Since == (isFirst ? lead.AssignedAt : lead.WorkedAt)
            )
        );
        return step == 0
            ? leads
            : leads.Where(lead =>
                db.ServiceStepsTaken.Any(taken =>
                    taken.ServiceLevelId == id
                    && taken.LeadId == lead.Id
                    && taken.Step == step - 1
                    && taken.Since == (isFirst ? lead.AssignedAt : lead.WorkedAt)
                )
            );
    }

    /// <summary>In the order in which they came to be late.</summary>
    public static IOrderedQueryable<Lead> Ordered(IQueryable<Lead> leads, ServiceLevel level) =>
        level.Duty is ServiceDuty.FirstAnswer
            ? leads.OrderBy(lead => lead.AssignedAt).ThenBy(lead => lead.Id)
            : leads.OrderBy(lead => lead.WorkedAt).ThenBy(lead => lead.Id);
}
