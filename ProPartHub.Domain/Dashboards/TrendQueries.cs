using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Dashboards;

/// <summary>How long a step of a trend is.</summary>
public enum TrendStep
{
    /// <summary>A week from Monday.</summary>
    Week,

    /// <summary>A month.</summary>
    Month,
}

/// <summary>A week or month of a trend.</summary>
/// <param name="From">Its first day, in the agency's time zone.</param>
/// <param name="Created">Leads that came in it.</param>
/// <param name="Won">Deals that were won in it and still are.</param>
public sealed record TrendPoint(DateOnly From, int Created, int Won);

/// <summary>Reads how many leads came and how many deals were won over time, from the leads that are not archived.</summary>
public sealed class TrendQueries(HubDatabase database, AgencyCalendar calendar, TimeProvider time)
{
    /// <summary>Weeks or months of a trend.</summary>
    public const int Steps = 12;

    /// <summary>The last twelve weeks or months with the present one, oldest first; two commands.</summary>
    public async Task<IReadOnlyList<TrendPoint>> ReadAsync(
        Actor actor,
        TrendStep step,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var days = step is TrendStep.Month ? calendar.Months(now, Steps) : calendar.Weeks(now, Steps);
        DateTimeOffset[] starts = [.. days.Select(calendar.StartOf)];
        var first = starts[0];
        await using var db = await database.ReadAsync(cancellationToken);
        var leads = db.Leads.VisibleTo(actor).Where(lead => lead.ArchivedAt == null);
        var created = await leads
            .Where(lead => lead.CreatedAt >= first)
            .GroupBy(lead => HubFunctions.WidthBucket(lead.CreatedAt, starts))
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);

        // By stage and not by status: the board's index then leads straight to the last moves.
        var wonStages = db.Stages.Where(stage => stage.Status == LeadStatus.Won).Select(stage => stage.Id);
        var won = await leads
            .Where(lead => wonStages.Contains(lead.StageId) && lead.StageChangedAt >= first)
            .GroupBy(lead => HubFunctions.WidthBucket(lead.StageChangedAt, starts))
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        return
        [
            .. days.Select(
                (day, index) =>
                    new TrendPoint(day, created.GetValueOrDefault(index + 1), won.GetValueOrDefault(index + 1))
            ),
        ];
    }
}
