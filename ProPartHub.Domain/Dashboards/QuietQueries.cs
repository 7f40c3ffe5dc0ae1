using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Dashboards;

/// <summary>Open leads about which nothing has happened for a while and nothing is planned.</summary>
/// <param name="Days">For how many days.</param>
/// <param name="Since">Since when (UTC).</param>
/// <param name="Total">How many there are, as the list counts them.</param>
/// <param name="Rows">The first of them, those quiet longest first.</param>
public sealed record QuietLeads(int Days, DateTimeOffset Since, LeadCount Total, IReadOnlyList<LeadRow> Rows);

/// <summary>Reads the leads that have gone quiet, by the same filter as the list of leads.</summary>
public sealed class QuietQueries(QuietRules rules, LeadQueries leads, AgencyCalendar calendar, TimeProvider time)
{
    /// <summary>Most leads shown.</summary>
    public const int Shown = 6;

    /// <summary>The filter of the list that shows them all.</summary>
    /// <param name="since">Since when (UTC).</param>
    public static LeadListQuery Filter(DateTimeOffset since) =>
        new()
        {
            QuietSince = since,
            Sort = LeadSort.Updated,
            Descending = false,
        };

    /// <summary>Those that the actor may see; three commands.</summary>
    public async Task<QuietLeads> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        var rule = await rules.RuleAsync(actor, cancellationToken);
        var since = rule.Since(calendar, time.GetUtcNow());
        var filter = Filter(since) with { PageSize = Shown };
        var page = await leads.PageAsync(actor, filter, cancellationToken);
        return new(rule.Days, since, await leads.CountAsync(actor, filter, cancellationToken), page.Rows);
    }
}
