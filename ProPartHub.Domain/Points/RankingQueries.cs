using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Points;

/// <summary>By what the ranking is sorted.</summary>
public enum RankingSort
{
    /// <summary>By points.</summary>
    Points,

    /// <summary>By deals won.</summary>
    Deals,

    /// <summary>By leads registered.</summary>
    Leads,
}

/// <summary>A place in the ranking of a month. Nothing of it says anything about a lead.</summary>
/// <param name="Rank">The place, from 1; equals share it.</param>
/// <param name="UserId">The person, for a link to the ledger; null where the reader may not see that.</param>
/// <param name="Name">The person's name.</param>
/// <param name="IsMe">True for the reader.</param>
/// <param name="Points">Points of the month.</param>
/// <param name="Deals">Deals won in the month, without those that are open again.</param>
/// <param name="Leads">Leads registered in the month.</param>
public sealed record RankingRow(int Rank, Guid? UserId, string Name, bool IsMe, int Points, int Deals, int Leads);

/// <summary>The ranking of a month.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Rows">Everybody with an entry in that month, the best first.</param>
public sealed record Ranking(DateOnly Month, IReadOnlyList<RankingRow> Rows)
{
    /// <summary>The reader's own place; null without an entry in the month.</summary>
    public RankingRow? Mine => Rows.FirstOrDefault(row => row.IsMe);
}

/// <summary>Reads who is ahead. Everybody sees everybody's name and place.</summary>
public sealed class RankingQueries(HubDatabase database, AgencyCalendar calendar)
{
    /// <summary>Most places.</summary>
    public const int Most = 500;

    /// <summary>The ranking of the agency's month in which a day lies; one command.</summary>
    /// <param name="actor">Who reads.</param>
    /// <param name="day">A day of the month, in the agency's time zone.</param>
    /// <param name="sort">What decides.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Ranking> OfMonthAsync(
        Actor actor,
        DateOnly day,
        RankingSort sort,
        CancellationToken cancellationToken
    )
    {
        var month = calendar.Month(day);
        await using var db = await database.ReadAsync(cancellationToken);
        var sums = await db
            .PointEntries.Where(entry => entry.At >= month.From && entry.At < month.Before)
            .GroupBy(entry => entry.UserId)
            .Select(person => new
            {
                UserId = person.Key,
                Points = person.Sum(entry => entry.Points),
                Deals = person.Sum(entry =>
                    entry.Kind == PointKind.DealWon ? 1
                    : entry.Kind == PointKind.DealReopened ? -1
                    : 0
                ),
                Leads = person.Sum(entry => entry.Kind == PointKind.LeadCreated ? 1 : 0),
            })
            .Join(
                db.Users.Where(user => user.IsActive),
                sum => sum.UserId,
                user => user.Id,
                (sum, user) =>
                    new
                    {
                        sum.UserId,
                        user.DisplayName,
                        user.TeamId,
                        sum.Points,
                        sum.Deals,
                        sum.Leads,
                    }
            )
            .OrderByDescending(row =>
                sort == RankingSort.Deals ? row.Deals
                : sort == RankingSort.Leads ? row.Leads
                : row.Points
            )
            .ThenByDescending(row => row.Points)
            .ThenBy(row => row.DisplayName)
            .ThenBy(row => row.UserId)
            .Take(Most)
            .ToListAsync(cancellationToken);
        var rows = new List<RankingRow>();
        var (rank, before) = (0, int.MaxValue);
        foreach (var sum in sums)
        {
            var value =
                sort is RankingSort.Deals ? sum.Deals
                : sort is RankingSort.Leads ? sum.Leads
                : sum.Points;
            rank = value == before ? rank : rows.Count + 1;
            before = value;
            rows.Add(
                new(
                    rank,
                    PointRights.SeesLedger(actor, sum.UserId, sum.TeamId) ? sum.UserId : null,
                    sum.DisplayName,
                    sum.UserId == actor.UserId,
                    sum.Points,
                    sum.Deals,
                    sum.Leads
                )
            );
        }

        return new(new DateOnly(day.Year, day.Month, 1), rows);
    }
}
