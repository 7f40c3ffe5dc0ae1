using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Cells;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Reports;

/// <summary>How long leads stood in a stage before they left it.</summary>
/// <param name="StageId">The stage.</param>
/// <param name="Label">HubSpot's label.</param>
/// <param name="Pipeline">The pipeline's label.</param>
/// <param name="Status">What the stage means.</param>
/// <param name="InDay">Leads that stood there for at most 24 hours, all their stays together.</param>
/// <param name="InWeek">Longer, but at most 7 days.</param>
/// <param name="InMonth">Longer, but at most 30 days.</param>
/// <param name="Longer">More than 30 days.</param>
/// <param name="Average">Mean time of these leads.</param>
public sealed record StageTimeLine(
    Guid StageId,
    string Label,
    string Pipeline,
    LeadStatus Status,
    int InDay,
    int InWeek,
    int InMonth,
    int Longer,
    TimeSpan Average
)
{
    /// <summary>All leads that have left the stage.</summary>
    public int Total => InDay + InWeek + InMonth + Longer;
}

/// <summary>Reads how long leads stand in each stage, out of their histories.</summary>
public sealed class StageTimeQueries(HubDatabase database)
{
    /// <summary>A line for each stage that a lead has left, in the order of the board; one command.</summary>
    /// <param name="actor">Who asks: a manager for the team and the pool, an admin for everything.</param>
    /// <param name="leads">Which leads, as the list filters them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ForbiddenException">The actor is an agent.</exception>
    public async Task<IReadOnlyList<StageTimeLine>> ReadAsync(
        Actor actor,
        LeadListQuery leads,
        CancellationToken cancellationToken
    )
    {
        ReportScope.Require(actor);
        var (day, week, month) = (StayCell.Day, StayCell.Week, StayCell.Month);
        await using var db = await database.ReadAsync(cancellationToken);
        var rows = await StageStay
            .Of(db, LeadQueries.Filter(db, actor, leads))
            .GroupBy(stay => stay.StageId)
            .Select(group => new
            {
                StageId = group.Key,
                InDay = group.Count(stay => stay.Length <= day),
                InWeek = group.Count(stay => stay.Length > day && stay.Length <= week),
                InMonth = group.Count(stay => stay.Length > week && stay.Length <= month),
                Longer = group.Count(stay => stay.Length > month),
                Average = EF.Functions.Average(group.Select(stay => stay.Length)),
            })
            .InBoardOrder(db, stay => stay.StageId)
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => new StageTimeLine(
                row.Group.StageId,
                row.Label,
                row.Pipeline,
                row.Status,
                row.Group.InDay,
                row.Group.InWeek,
                row.Group.InMonth,
                row.Group.Longer,
                row.Group.Average ?? TimeSpan.Zero
            )),
        ];
    }
}
