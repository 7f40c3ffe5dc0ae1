using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Sorting;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Boards;

/// <summary>Reads the board: columns with counts and sums, cards a page at a time.</summary>
public sealed partial class BoardQueries
{
    /// <summary>Cards of a page.</summary>
    public const int CardsPerPage = 20;

    /// <summary>Most cards of one column that are read at once.</summary>
    public const int MostCards = 100;

    /// <summary>Most columns of people; those with the fewest leads are left out.</summary>
    public const int MostAgents = 30;

    private readonly HubDatabase _database;
    private readonly PeopleQueries _people;
    private readonly SharedLeadReads<BoardCard> _shared;

    internal BoardQueries(HubDatabase database, PeopleQueries people, SharedLeadReads<BoardCard> shared) =>
        (_database, _people, _shared) = (database, people, shared);

    /// <summary>
    /// The columns with their figures, in at most three commands. Without a filter the figures of stages and agents come
    /// from those that the database keeps, which costs the same however many leads there are; those of days cost as much
    /// as there are open follow-ups.
    /// </summary>
    /// <param name="actor">Whose leads are counted.</param>
    /// <param name="query">What the board shows. Stages that HubSpot removed show only while leads are left in them.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<BoardColumn>> ColumnsAsync(
        Actor actor,
        BoardQuery query,
        CancellationToken cancellationToken
    )
    {
        await using var db = await _database.ReadAsync(cancellationToken);
        return query.Grouping switch
        {
            BoardGrouping.Agent => await AgentsAsync(db, actor, query, cancellationToken),
            BoardGrouping.FollowUp => await DaysAsync(db, actor, query, cancellationToken),
            _ => await StagesAsync(db, actor, query, cancellationToken),
        };
    }

    /// <summary>How many of the board's leads have a budget in another currency, which its sums leave out; one command.</summary>
    /// <inheritdoc cref="ColumnsAsync" path="/param"/>
    public async Task<int> OtherMoneyAsync(Actor actor, BoardQuery query, CancellationToken cancellationToken)
    {
        await using var db = await _database.ReadAsync(cancellationToken);
        return await LeadQueries.InMoney(Found(db, actor, query), LeadMoney.Other).CountAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<BoardColumn>> StagesAsync(
        HubDbContext db,
        Actor actor,
        BoardQuery query,
        CancellationToken cancellationToken
    )
    {
        var ids = query.StageIds;
        var figures = query.Filter.HasFilters
            ? Found(db, actor, query)
                .GroupBy(lead => lead.StageId)
                .Select(group => new Figures<Guid>(
                    group.Key,
                    group.Count(),
                    group.Sum(lead => lead.Currency == "USD" ? lead.BudgetTo ?? lead.BudgetFrom ?? 0 : 0)
                ))
            : db
                .StageFigures.VisibleTo(actor)
                .Where(figure => ids.Contains(figure.StageId))
                .GroupBy(figure => figure.StageId)
                .Select(group => new Figures<Guid>(
                    group.Key,
                    group.Sum(figure => figure.Leads),
                    group.Sum(figure => figure.BudgetSum)
                ));
        var found = await figures.ToDictionaryAsync(row => row.Key, cancellationToken);
        return
        [
            .. query
                .Stages.Select(stage => Column(new StagePlace(stage), found.GetValueOrDefault(stage.Id)))
                .Where(column => column.Count > 0 || column.Place is StagePlace { Stage.IsRemoved: false }),
        ];
    }

    private async Task<IReadOnlyList<BoardColumn>> AgentsAsync(
        HubDbContext db,
        Actor actor,
        BoardQuery query,
        CancellationToken cancellationToken
    )
    {
        var ids = query.StageIds;
        var figures = query.Filter.HasFilters
            ? Found(db, actor, query)
                .GroupBy(lead => lead.AgentId)
                .Select(group => new Figures<Guid?>(
                    group.Key,
                    group.Count(),
                    group.Sum(lead => lead.Currency == "USD" ? lead.BudgetTo ?? lead.BudgetFrom ?? 0 : 0)
                ))
            : db
                .StageFigures.VisibleTo(actor)
                .Where(figure => ids.Contains(figure.StageId))
                .GroupBy(figure => figure.AgentId)
                .Select(group => new Figures<Guid?>(
                    group.Key,
                    group.Sum(figure => figure.Leads),
                    group.Sum(figure => figure.BudgetSum)
                ));
        var found = (await figures.ToListAsync(cancellationToken)).Where(row => row.Count > 0).ToList();
        var people = (await _people.AssignableAsync(actor, cancellationToken))
            .Where(person => query.Filter.TeamId is null || person.TeamId == query.Filter.TeamId)
            .Where(person => query.Filter.AgentIds.Count == 0 || query.Filter.AgentIds.Contains(person.Id))
            .Select(person => (person.Id, person.Name))
            .ToList();

        // Whoever has left still has a column while leads are left in it.
        Guid[] others = [.. found.Select(row => row.Key).OfType<Guid>().Except(people.Select(person => person.Id))];
        var names = await _people.NamesAsync(others, cancellationToken);
        people.AddRange(names.Select(name => (name.Key, name.Value)));
        AgentPlace[] pool = actor.Role is Role.Agent ? [] : [new(null, null)];
        return
        [
            .. pool.Concat(people.Select(person => new AgentPlace(person.Id, person.Name)))
                .Select(place => Column(place, found.FirstOrDefault(row => row.Key == place.AgentId)))
                .Select((column, index) => (column, index))
                .OrderBy(entry => entry.index > 0 || pool.Length == 0)
                .ThenByDescending(entry => entry.column.Count)
                .Take(MostAgents)
                .OrderBy(entry => entry.index)
                .Select(entry => entry.column),
        ];
    }

    private static async Task<IReadOnlyList<BoardColumn>> DaysAsync(
        HubDbContext db,
        Actor actor,
        BoardQuery query,
        CancellationToken cancellationToken
    )
    {
        var (today, tomorrow, dayAfter, nextWeek) = query.Days;
        var dated = await Found(db, actor, query)
            .Join(
                FollowUpStretch.Next(db),
                lead => lead.Id,
                next => next.LeadId,
                (lead, next) => new { lead, next.DueAt }
            )
            .GroupBy(row =>
                row.DueAt < today ? 1
                : row.DueAt < tomorrow ? 2
                : row.DueAt < dayAfter ? 3
                : row.DueAt < nextWeek ? 4
                : 5
            )
            .Select(group => new Figures<int>(
                group.Key,
                group.Count(),
                group.Sum(row => row.lead.Currency == "USD" ? row.lead.BudgetTo ?? row.lead.BudgetFrom ?? 0 : 0)
            ))
            .ToListAsync(cancellationToken);
        var all = await AllAsync(db, actor, query, cancellationToken);
        var none = new Figures<int>(
            (int)FollowUpSpan.None,
            Math.Max(0, all.Count - dated.Sum(row => row.Count)),
            Math.Max(0, all.BudgetSum - dated.Sum(row => row.BudgetSum))
        );
        return
        [
            .. query.Days.Spans.Select(span =>
                Column(
                    new FollowUpPlace(span, query.Days),
                    span is FollowUpSpan.None ? none : dated.FirstOrDefault(row => row.Key == (int)span)
                )
            ),
        ];
    }

    private static async Task<Figures<int>> AllAsync(
        HubDbContext db,
        Actor actor,
        BoardQuery query,
        CancellationToken cancellationToken
    )
    {
        var ids = query.StageIds;
        var all = query.Filter.HasFilters
            ? Found(db, actor, query)
                .GroupBy(lead => 1)
                .Select(group => new Figures<int>(
                    group.Key,
                    group.Count(),
                    group.Sum(lead => lead.Currency == "USD" ? lead.BudgetTo ?? lead.BudgetFrom ?? 0 : 0)
                ))
            : db
                .StageFigures.VisibleTo(actor)
                .Where(figure => ids.Contains(figure.StageId))
                .GroupBy(figure => 1)
                .Select(group => new Figures<int>(
                    group.Key,
                    group.Sum(figure => figure.Leads),
                    group.Sum(figure => figure.BudgetSum)
                ));
        return await all.SingleOrDefaultAsync(cancellationToken) ?? new Figures<int>(0, 0, 0);
    }

    private static IQueryable<Lead> Found(HubDbContext db, Actor actor, BoardQuery query)
    {
        var ids = query.StageIds;
        return LeadQueries.Filter(db, actor, query.Filter).Where(lead => ids.Contains(lead.StageId));
    }

    private static BoardColumn Column<TKey>(BoardPlace place, Figures<TKey>? figures) =>
        new(place, figures?.Count ?? 0, figures?.BudgetSum ?? 0);

    private sealed record Figures<TKey>(TKey Key, int Count, decimal BudgetSum);
}
