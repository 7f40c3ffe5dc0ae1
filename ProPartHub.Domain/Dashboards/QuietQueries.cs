using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Dashboards;

/// <summary>Open leads about which nothing has happened for a while.</summary>
/// <param name="Days">For how many days.</param>
/// <param name="Since">Since when (UTC).</param>
/// <param name="Total">How many there are, as the list counts them.</param>
/// <param name="Rows">The first of them, those quiet longest first.</param>
public sealed record QuietLeads(int Days, DateTimeOffset Since, LeadCount Total, IReadOnlyList<LeadRow> Rows);

/// <summary>Reads the leads that have gone quiet, by the same filter as the list of leads.</summary>
public sealed class QuietQueries(LeadQueries leads, AgencyCalendar calendar, TimeProvider time)
{
    /// <summary>After so many whole days without any change, comment or follow-up a lead counts as quiet.</summary>
    public const int Days = 7;

    /// <summary>Most leads shown.</summary>
    public const int Shown = 6;

    /// <summary>
    /// Since when nothing happened about leads that are quiet now (UTC): the beginning of a day of the agency's, so that the
    /// list behind a link counts the same leads later in the day.
    /// </summary>
    public static DateTimeOffset Since(AgencyCalendar calendar, DateTimeOffset now) =>
        calendar.StartOf(calendar.DayOf(now).AddDays(-Days));

    /// <summary>The filter of the list that shows them all.</summary>
    /// <param name="since">Since when (UTC).</param>
    public static LeadListQuery Filter(DateTimeOffset since) =>
        new()
        {
            QuietSince = since,
            Sort = LeadSort.Updated,
            Descending = false,
        };

    /// <summary>Those that the actor may see; two commands.</summary>
    public async Task<QuietLeads> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        var since = Since(calendar, time.GetUtcNow());
        var filter = Filter(since) with { PageSize = Shown };
        var page = await leads.PageAsync(actor, filter, cancellationToken);
        return new(Days, since, await leads.CountAsync(actor, filter, cancellationToken), page.Rows);
    }
}
