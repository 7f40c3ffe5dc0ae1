using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Cells;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Reports;

/// <summary>What the open leads of a stage promise.</summary>
/// <param name="StageId">The stage.</param>
/// <param name="Label">HubSpot's label.</param>
/// <param name="Pipeline">The pipeline's label.</param>
/// <param name="Status">What the stage means.</param>
/// <param name="Leads">Open leads that stand there.</param>
/// <param name="Budget">Their budgets together, in USD: the upper end, or the lower where it is open.</param>
/// <param name="Otherwise">Open leads whose budget is in another currency, which that sum leaves out.</param>
/// <param name="Ended">Deals that passed the stage and ended within <see cref="ForecastQueries.Days"/> days.</param>
/// <param name="Won">Those of them that were won.</param>
/// <param name="Since">When these days begin.</param>
public sealed record ForecastLine(
    Guid StageId,
    string Label,
    string Pipeline,
    LeadStatus Status,
    int Leads,
    decimal Budget,
    int Otherwise,
    int Ended,
    int Won,
    DateTimeOffset Since
)
{
    /// <summary>Won / ended · 100; null while none has ended.</summary>
    public decimal? Share => Dashboards.Share.Of(Won, Ended);

    /// <summary>Budgets · won / ended, in USD; null while none has ended.</summary>
    public decimal? Expected => Ended == 0 ? null : decimal.Round(Budget * Won / Ended);
}

/// <summary>
/// Reads what open leads promise: the budgets in each stage times the share of deals that passed the stage in the last year
/// and were won. No guess of a person or of HubSpot is in it.
/// </summary>
public sealed class ForecastQueries(HubDatabase database, AgencyCalendar calendar, TimeProvider time)
{
    /// <summary>How far back ended deals are counted.</summary>
    public const int Days = 365;

    /// <summary>A line for each stage in which open leads stand, in the order of the board; two commands.</summary>
    /// <inheritdoc cref="StageTimeQueries.ReadAsync" path="/param|/exception"/>
    public async Task<IReadOnlyList<ForecastLine>> ReadAsync(
        Actor actor,
        LeadListQuery leads,
        CancellationToken cancellationToken
    )
    {
        ReportScope.Require(actor);

        // Whole days of the agency, so that an address can name the first.
        var since = calendar.StartOf(calendar.DayOf(time.GetUtcNow()).AddDays(-Days));
        await using var db = await database.ReadAsync(cancellationToken);
        var open = await LeadQueries
            .Filter(db, actor, leads)
            .Where(lead => lead.Status < LeadStatus.Won)
            .GroupBy(lead => lead.StageId)
            .Select(group => new
            {
                StageId = group.Key,
                Leads = group.Count(),
                Budget = group.Sum(lead =>
                    lead.Currency == LeadOptions.BandCurrency ? lead.BudgetTo ?? lead.BudgetFrom ?? 0 : 0
                ),
                Otherwise = group.Count(lead =>
                    lead.Currency != LeadOptions.BandCurrency && (lead.BudgetFrom != null || lead.BudgetTo != null)
                ),
            })
            .InBoardOrder(db, group => group.StageId)
            .ToListAsync(cancellationToken);

        // How deals end says nothing about the leads chosen alone: it is learned from all that the reader may see, over a
        // year, whatever day the chosen ones came.
        var ended = await EndedCell
            .Ended(LeadQueries.Filter(db, actor, new LeadListQuery()), since)
            .Join(
                StagePassed.Of(db),
                lead => lead.Id,
                passed => passed.LeadId,
                (lead, passed) =>
                    new
                    {
                        lead.Id,
                        passed.StageId,
                        lead.Status,
                    }
            )
            .Distinct()
            .GroupBy(row => row.StageId)
            .Select(group => new
            {
                group.Key,
                Ended = group.Count(),
                Won = group.Count(row => row.Status == LeadStatus.Won),
            })
            .ToDictionaryAsync(row => row.Key, cancellationToken);
        return
        [
            .. open.Select(row => new ForecastLine(
                row.Group.StageId,
                row.Label,
                row.Pipeline,
                row.Status,
                row.Group.Leads,
                row.Group.Budget,
                row.Group.Otherwise,
                ended.GetValueOrDefault(row.Group.StageId)?.Ended ?? 0,
                ended.GetValueOrDefault(row.Group.StageId)?.Won ?? 0,
                since
            )),
        ];
    }
}
