using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Dashboards;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Reports;

/// <summary>How far leads have come, by where they stand now.</summary>
/// <param name="Key">What the line is about.</param>
/// <param name="New">Leads still new.</param>
/// <param name="Contacted">Leads whose client was reached.</param>
/// <param name="Qualified">Leads that are qualified.</param>
/// <param name="Won">Deals won.</param>
/// <param name="Lost">Deals lost.</param>
/// <param name="WonBudget">Budgets of the deals won, in USD: the upper end, or the lower where it is open.</param>
/// <param name="WonOtherwise">Deals won whose budget is in another currency, which that sum leaves out.</param>
public sealed record FunnelLine(
    ReportKey Key,
    int New,
    int Contacted,
    int Qualified,
    int Won,
    int Lost,
    decimal WonBudget,
    int WonOtherwise
)
{
    /// <summary>All leads.</summary>
    public int Total => New + Contacted + Qualified + Won + Lost;

    /// <summary>Leads that came at least as far as a status and were not lost.</summary>
    /// <param name="status">New for all leads but the lost, up to won.</param>
    public int Reached(LeadStatus status) =>
        Won
        + (status <= LeadStatus.Qualified ? Qualified : 0)
        + (status <= LeadStatus.Contacted ? Contacted : 0)
        + (status <= LeadStatus.New ? New : 0);

    /// <summary>Deals won / all leads · 100; null without leads.</summary>
    public decimal? Conversion => Share.Of(Won, Total);
}

/// <summary>Reads how far leads have come, grouped. Each number is what the list with the same filters counts.</summary>
public sealed class FunnelQueries(HubDatabase database)
{
    /// <summary>A line for each group, the largest first; two commands.</summary>
    /// <param name="actor">Who asks: a manager for the team and the pool, an admin for everything.</param>
    /// <param name="leads">Which leads, as the list filters them.</param>
    /// <param name="grouping">By what.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ForbiddenException">The actor is an agent.</exception>
    public async Task<IReadOnlyList<FunnelLine>> ReadAsync(
        Actor actor,
        LeadListQuery leads,
        ReportGrouping grouping,
        CancellationToken cancellationToken
    )
    {
        ReportScope.Require(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var rows = await LeadQueries
            .Filter(db, actor, leads)
            .By(grouping)
            .GroupBy(row => row.Value)
            .Select(group => new
            {
                group.Key,
                New = group.Count(row => row.Lead.Status == LeadStatus.New),
                Contacted = group.Count(row => row.Lead.Status == LeadStatus.Contacted),
                Qualified = group.Count(row => row.Lead.Status == LeadStatus.Qualified),
                Won = group.Count(row => row.Lead.Status == LeadStatus.Won),
                Lost = group.Count(row => row.Lead.Status == LeadStatus.Lost),
                Budget = group.Sum(row =>
                    row.Lead.Status == LeadStatus.Won && row.Lead.Currency == LeadOptions.BandCurrency
                        ? row.Lead.BudgetTo ?? row.Lead.BudgetFrom ?? 0
                        : 0
                ),
                Otherwise = group.Count(row =>
                    row.Lead.Status == LeadStatus.Won
                    && row.Lead.Currency != LeadOptions.BandCurrency
                    && (row.Lead.BudgetFrom != null || row.Lead.BudgetTo != null)
                ),
            })
            .OrderByDescending(row => row.New + row.Contacted + row.Qualified + row.Won + row.Lost)
            .ThenBy(row => row.Key)
            .Take(ReportScope.MostLines)
            .ToListAsync(cancellationToken);
        var names = await ReportNames.ReadAsync(db, grouping, rows.Select(row => row.Key), cancellationToken);
        return
        [
            .. rows.Select(row => new FunnelLine(
                names.KeyOf(row.Key),
                row.New,
                row.Contacted,
                row.Qualified,
                row.Won,
                row.Lost,
                row.Budget,
                row.Otherwise
            )),
        ];
    }
}
