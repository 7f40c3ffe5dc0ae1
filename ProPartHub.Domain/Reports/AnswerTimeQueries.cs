using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Cells;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Reports;

/// <summary>How soon leads got their first answer.</summary>
/// <param name="Key">What the line is about.</param>
/// <param name="InHour">Answered within an hour of registration.</param>
/// <param name="InDay">Answered later, but within 24 hours.</param>
/// <param name="Later">Answered later than that.</param>
/// <param name="Never">Not answered yet.</param>
/// <param name="Average">Mean time to the first answer of those answered; null when none was.</param>
public sealed record AnswerTimeLine(ReportKey Key, int InHour, int InDay, int Later, int Never, TimeSpan? Average)
{
    /// <summary>All leads.</summary>
    public int Total => Answered + Never;

    /// <summary>Leads that were answered.</summary>
    public int Answered => InHour + InDay + Later;
}

/// <summary>
/// Reads how soon leads got their first answer: a comment, a move to another stage or a follow-up done by a person here, or
/// a call, mail or meeting in HubSpot. Time runs by the clock, nights and Sundays with it.
/// </summary>
public sealed class AnswerTimeQueries(HubDatabase database)
{
    /// <summary>A line for each group, the largest first; two commands.</summary>
    /// <inheritdoc cref="FunnelQueries.ReadAsync" path="/param|/exception"/>
    public async Task<IReadOnlyList<AnswerTimeLine>> ReadAsync(
        Actor actor,
        LeadListQuery leads,
        ReportGrouping grouping,
        CancellationToken cancellationToken
    )
    {
        ReportScope.Require(actor);
        var (hour, day) = (TimeSpan.FromHours(1), TimeSpan.FromHours(AnswerCell.DayHours));
        await using var db = await database.ReadAsync(cancellationToken);
        var rows = await FirstAnswer
            .Of(db, LeadQueries.Filter(db, actor, leads).By(grouping))
            .GroupBy(row => row.Value)
            .Select(group => new
            {
                group.Key,
                InHour = group.Count(row => row.After <= hour),
                InDay = group.Count(row => row.After > hour && row.After <= day),
                Later = group.Count(row => row.After > day),
                Never = group.Count(row => row.After == null),
                Average = EF.Functions.Average(group.Where(row => row.After != null).Select(row => row.After!.Value)),
            })
            .OrderByDescending(row => row.InHour + row.InDay + row.Later + row.Never)
            .ThenBy(row => row.Key)
            .Take(ReportScope.MostLines)
            .ToListAsync(cancellationToken);
        var names = await ReportNames.ReadAsync(db, grouping, rows.Select(row => row.Key), cancellationToken);
        return
        [
            .. rows.Select(row => new AnswerTimeLine(
                names.KeyOf(row.Key),
                row.InHour,
                row.InDay,
                row.Later,
                row.Never,
                row.Average
            )),
        ];
    }
}
