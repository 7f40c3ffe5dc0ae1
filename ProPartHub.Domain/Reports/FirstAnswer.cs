using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads.Cells;

namespace ProPartHub.Domain.Reports;

/// <summary>A lead's group with how soon it got its first answer.</summary>
internal sealed class FirstAnswer
{
    /// <summary>The group's value; null or empty for leads without.</summary>
    public string? Value { get; init; }

    /// <summary>How long after its registration; null while it has none.</summary>
    public TimeSpan? After { get; init; }

    /// <summary>
    /// Of the leads given, one each. A join and not a search for each lead, so that the database may read the events
    /// of many leads in one go and those of a few by the index.
    /// </summary>
    public static IQueryable<FirstAnswer> Of(HubDbContext db, IQueryable<ReportScope.Grouped> leads)
    {
        var answers = AnswerCell.Answers(db);
        return leads
            .SelectMany(
                row =>
                    answers
                        .Where(entry => entry.LeadId == row.Lead.Id && entry.OccurredAt >= row.Lead.CreatedAt)
                        .DefaultIfEmpty(),
                (row, entry) =>
                    new
                    {
                        row.Value,
                        row.Lead.Id,
                        row.Lead.CreatedAt,
                        At = (DateTimeOffset?)entry!.OccurredAt,
                    }
            )
            .GroupBy(row => new
            {
                row.Id,
                row.Value,
                row.CreatedAt,
            })
            .Select(lead => new FirstAnswer
            {
                Value = lead.Key.Value,
                After = lead.Min(row => row.At) - lead.Key.CreatedAt,
            });
    }
}
