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

/// <summary>Which number is followed over time.</summary>
public enum TrendMetric
{
    /// <summary>Leads that came, and beside them deals that were won and still are.</summary>
    Leads,

    /// <summary>Of the leads that came, those neither won nor lost by now.</summary>
    Active,

    /// <summary>Leads handed from one agent to another, by their last handing over.</summary>
    Transferred,

    /// <summary>Of the leads that came, won by now / all · 100.</summary>
    Conversion,

    /// <summary>Budgets of the leads that came, in USD: the upper end, or the lower where it is open.</summary>
    Budget,

    /// <summary>These budgets / the leads that came, in USD.</summary>
    Average,

    /// <summary>Points that the reader was given, less those taken back.</summary>
    Points,
}

/// <summary>A week or month of a trend.</summary>
/// <param name="From">Its first day, in the agency's time zone.</param>
/// <param name="Value">The number; null where there is nothing to divide by.</param>
/// <param name="Won">Deals that were won in it and still are, beside the leads that came; null for other numbers.</param>
public sealed record TrendPoint(DateOnly From, decimal? Value, int? Won = null);

/// <summary>A number over time.</summary>
/// <param name="Metric">Which.</param>
/// <param name="Step">In which steps.</param>
/// <param name="Points">The last <see cref="TrendQueries.Steps"/> steps with the present one, oldest first.</param>
public sealed record Trend(TrendMetric Metric, TrendStep Step, IReadOnlyList<TrendPoint> Points);

/// <summary>Reads the numbers of the start page over time, from the leads that are not archived.</summary>
public sealed class TrendQueries(HubDatabase database, AgencyCalendar calendar, TimeProvider time)
{
    /// <summary>Weeks or months of a trend.</summary>
    public const int Steps = 12;

    /// <summary>The last twelve weeks or months; one command, two for <see cref="TrendMetric.Leads"/>.</summary>
    /// <param name="actor">Whose leads are counted; points are the actor's own.</param>
    /// <param name="metric">Which number.</param>
    /// <param name="step">In which steps.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Trend> ReadAsync(
        Actor actor,
        TrendMetric metric,
        TrendStep step,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var days = step is TrendStep.Month ? calendar.Months(now, Steps) : calendar.Weeks(now, Steps);
        DateTimeOffset[] starts = [.. days.Select(calendar.StartOf)];
        await using var db = await database.ReadAsync(cancellationToken);
        var points = metric switch
        {
            TrendMetric.Transferred => await TransferredAsync(db, actor, starts, cancellationToken),
            TrendMetric.Points => await PointsAsync(db, actor, starts, cancellationToken),
            _ => await OfCreatedAsync(db, actor, metric, starts, cancellationToken),
        };
        return new(metric, step, [.. days.Zip(points, (day, point) => point with { From = day })]);
    }

    private static async Task<List<TrendPoint>> OfCreatedAsync(
        HubDbContext db,
        Actor actor,
        TrendMetric metric,
        DateTimeOffset[] starts,
        CancellationToken cancellationToken
    )
    {
        var first = starts[0];
        var came = await Living(db, actor)
            .Where(lead => lead.CreatedAt >= first)
            .GroupBy(lead => HubFunctions.WidthBucket(lead.CreatedAt, starts))
            .Select(group => new Came
            {
                Step = group.Key,
                Leads = group.Count(),
                Active = group.Count(lead => lead.Status < LeadStatus.Won),
                Won = group.Count(lead => lead.Status == LeadStatus.Won),
                Budget = group.Sum(lead =>
                    lead.Currency == LeadOptions.BandCurrency ? lead.BudgetTo ?? lead.BudgetFrom ?? 0 : 0
                ),
            })
            .ToDictionaryAsync(group => group.Step, cancellationToken);
        var won = metric is TrendMetric.Leads ? await WonAsync(db, actor, starts, cancellationToken) : null;
        return
        [
            .. starts.Select(
                (_, index) =>
                    new TrendPoint(
                        default,
                        Value(metric, came.GetValueOrDefault(index + 1) ?? new Came()),
                        won is null ? null : won.GetValueOrDefault(index + 1)
                    )
            ),
        ];
    }

    private static decimal? Value(TrendMetric metric, Came came) =>
        metric switch
        {
            TrendMetric.Active => came.Active,
            TrendMetric.Conversion => Share.Of(came.Won, came.Leads),
            TrendMetric.Budget => came.Budget,
            TrendMetric.Average => came.Leads == 0 ? null : decimal.Round(came.Budget / came.Leads),
            _ => came.Leads,
        };

    // By stage and not by status: the board's index then leads straight to the last moves.
    private static Task<Dictionary<int, int>> WonAsync(
        HubDbContext db,
        Actor actor,
        DateTimeOffset[] starts,
        CancellationToken cancellationToken
    )
    {
        var first = starts[0];
        var wonStages = db.Stages.Where(stage => stage.Status == LeadStatus.Won).Select(stage => stage.Id);
        return Living(db, actor)
            .Where(lead => wonStages.Contains(lead.StageId) && lead.StageChangedAt >= first)
            .GroupBy(lead => HubFunctions.WidthBucket(lead.StageChangedAt, starts))
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
    }

    private static async Task<List<TrendPoint>> TransferredAsync(
        HubDbContext db,
        Actor actor,
        DateTimeOffset[] starts,
        CancellationToken cancellationToken
    )
    {
        var first = starts[0];
        var counts = await Living(db, actor)
            .Where(lead => lead.TransferredAt != null && lead.TransferredAt >= first)
            .GroupBy(lead => HubFunctions.WidthBucket(lead.TransferredAt!.Value, starts))
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        return [.. starts.Select((_, index) => new TrendPoint(default, counts.GetValueOrDefault(index + 1)))];
    }

    private static async Task<List<TrendPoint>> PointsAsync(
        HubDbContext db,
        Actor actor,
        DateTimeOffset[] starts,
        CancellationToken cancellationToken
    )
    {
        var first = starts[0];
        var sums = await db
            .PointEntries.Where(entry => entry.UserId == actor.UserId && entry.At >= first)
            .GroupBy(entry => HubFunctions.WidthBucket(entry.At, starts))
            .Select(group => new { group.Key, Sum = group.Sum(entry => entry.Points) })
            .ToDictionaryAsync(group => group.Key, group => group.Sum, cancellationToken);
        return [.. starts.Select((_, index) => new TrendPoint(default, sums.GetValueOrDefault(index + 1)))];
    }

    private static IQueryable<Lead> Living(HubDbContext db, Actor actor) =>
        db.Leads.VisibleTo(actor).Where(lead => lead.ArchivedAt == null);

    // What came in a step.
    private sealed class Came
    {
        public int Step { get; init; }

        public int Leads { get; init; }

        public int Active { get; init; }

        public int Won { get; init; }

        public decimal Budget { get; init; }
    }
}
