using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Boards;

/// <summary>What happened on a board since a moment; each lead counts once in each figure.</summary>
/// <param name="Registered">Leads that came in.</param>
/// <param name="Won">Leads that were won and still are.</param>
/// <param name="Moved">Leads that had been there before and changed their stage, the won ones included.</param>
public sealed record BoardToday(int Registered, int Won, int Moved);

/// <content>What a day has brought.</content>
public sealed partial class BoardQueries
{
    /// <summary>
    /// What has happened since a moment, of what the board would show by stage; one command that reads the leads of that
    /// time from two indexes.
    /// </summary>
    /// <param name="actor">Whose leads are counted.</param>
    /// <param name="query">What the board shows.</param>
    /// <param name="since">The moment (UTC), such as the beginning of the agency's day.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<BoardToday> TodayAsync(
        Actor actor,
        BoardQuery query,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        await using var db = await _database.ReadAsync(cancellationToken);
        return await Since(Found(db, actor, query with { Grouping = BoardGrouping.Stage }), since)
                .GroupBy(lead => 1)
                .Select(all => new BoardToday(
                    all.Count(lead => lead.CreatedAt >= since),
                    all.Count(lead => lead.StageChangedAt >= since && lead.Status == LeadStatus.Won),
                    all.Count(lead => lead.StageChangedAt >= since && lead.CreatedAt < since)
                ))
                .SingleOrDefaultAsync(cancellationToken)
            ?? new BoardToday(0, 0, 0);
    }

    // Two ranges of two indexes; one condition with an "or" would be a walk over all leads.
    internal static IQueryable<Lead> Since(IQueryable<Lead> leads, DateTimeOffset since) =>
        leads
            .Where(lead => lead.CreatedAt >= since)
            .Concat(leads.Where(lead => lead.StageChangedAt >= since && lead.CreatedAt < since));
}
