using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Reports;

/// <summary>What became of the leads of a month.</summary>
/// <param name="Month">The month's first day, in the agency's time zone.</param>
/// <param name="Total">Leads registered in it.</param>
/// <param name="Won">Deals won of them, whenever.</param>
/// <param name="WonWithin">Deals won of them within each of <see cref="CohortQueries.Spans"/> after registration; null where
/// the span has not passed yet for the month's last lead.</param>
public sealed record CohortLine(DateOnly Month, int Total, int Won, IReadOnlyList<int?> WonWithin);

/// <summary>Reads month by month how many of the leads that came were won, and how soon.</summary>
public sealed class CohortQueries(HubDatabase database, AgencyCalendar calendar, TimeProvider time)
{
    /// <summary>Months shown, with the present one.</summary>
    public const int Months = 12;

    /// <summary>Days after registration.</summary>
    public static IReadOnlyList<int> Spans { get; } = [30, 60, 90, 180];

    /// <summary>The last twelve months, the present one first; one command. Days of registration in the filter are left
    /// aside.</summary>
    /// <inheritdoc cref="StageTimeQueries.ReadAsync" path="/param|/exception"/>
    public async Task<IReadOnlyList<CohortLine>> ReadAsync(
        Actor actor,
        LeadListQuery leads,
        CancellationToken cancellationToken
    )
    {
        ReportScope.Require(actor);
        var now = time.GetUtcNow();
        var months = calendar.Months(now, Months);
        DateTimeOffset[] starts = [.. months.Select(calendar.StartOf)];
        var first = starts[0];
        await using var db = await database.ReadAsync(cancellationToken);
        var rows = await LeadQueries
            .Filter(db, actor, leads with { CreatedFrom = first, CreatedBefore = null })
            .GroupBy(lead => HubFunctions.WidthBucket(lead.CreatedAt, starts))
            .Select(group => new
            {
                group.Key,
                Total = group.Count(),
                Won = group.Count(lead => lead.Status == LeadStatus.Won),
                In30 = group.Count(lead =>
                    lead.Status == LeadStatus.Won && lead.StageChangedAt <= lead.CreatedAt.AddDays(30)
                ),
                In60 = group.Count(lead =>
                    lead.Status == LeadStatus.Won && lead.StageChangedAt <= lead.CreatedAt.AddDays(60)
                ),
                In90 = group.Count(lead =>
                    lead.Status == LeadStatus.Won && lead.StageChangedAt <= lead.CreatedAt.AddDays(90)
                ),
                In180 = group.Count(lead =>
                    lead.Status == LeadStatus.Won && lead.StageChangedAt <= lead.CreatedAt.AddDays(180)
                ),
            })
            .ToDictionaryAsync(row => row.Key, cancellationToken);
        return
        [
            .. months
                .Select((month, index) => (month, Row: rows.GetValueOrDefault(index + 1)))
                .Select(cohort => new CohortLine(
                    cohort.month,
                    cohort.Row?.Total ?? 0,
                    cohort.Row?.Won ?? 0,
                    Known(cohort.month, [cohort.Row?.In30, cohort.Row?.In60, cohort.Row?.In90, cohort.Row?.In180])
                ))
                .Reverse(),
        ];

        IReadOnlyList<int?> Known(DateOnly month, int?[] won) =>
            [
                .. Spans.Select(
                    (days, index) => calendar.Month(month).Before.AddDays(days) <= now ? won[index] ?? 0 : (int?)null
                ),
            ];
    }
}
