using ProPartHub.Domain.Boards;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Boards;

/// <summary>Whatever the columns stand for, each counts and sums exactly the cards that it shows, of what its reader may see.</summary>
public sealed class BoardColumnTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    public static TheoryData<BoardGrouping, bool> Groupings =>
        new MatrixTheoryData<BoardGrouping, bool>(Enum.GetValues<BoardGrouping>(), [true, false]);

    [Theory]
    [MemberData(nameof(Groupings))]
    public async Task Figures_AreThoseOfTheCards_ForEveryReader(BoardGrouping grouping, bool isFiltered)
    {
        await SeedAsync();
        var filter = isFiltered ? new LeadListQuery { Countries = ["Оман", "Балі"] } : new LeadListQuery();
        foreach (var actor in new[] { _bed.Ada, _bed.Nina, _bed.Mark, _bed.Olena })
        {
            var query = await _bed.BoardAsync(grouping, filter);

            var board = await _bed.ReadAsync(actor, query);

            var page = await _bed.Get<LeadQueries>().PageAsync(actor, filter, Token);
            var listed = page.Rows.Where(row => !query.IsOpenOnly || row.Status is not LeadStatus.Won);
            Assert.Equal(
                listed.Select(row => row.Id).Order(),
                board.Values.SelectMany(column => column.Cards).Select(card => card.Id).Order()
            );
            Assert.All(
                board.Values,
                column =>
                    Assert.Equal(
                        (column.Cards.Count, column.Cards.Sum(card => card.Amount)),
                        (column.Column.Count, column.Column.BudgetSum)
                    )
            );
            Assert.All(
                board.Values,
                column => Assert.All(column.Cards, card => Assert.True(column.Column.Place.Holds(card)))
            );
        }
    }

    [Fact]
    public async Task ByAgent_HasPeopleWithoutLeads_TheOwnTeamOnly_AndNoPoolForAgents()
    {
        await _bed.LeadAsync(_bed.Olena, 1);
        var query = await _bed.BoardAsync(BoardGrouping.Agent);

        var manager = await _bed.ReadAsync(_bed.Nina, query);
        var agent = await _bed.ReadAsync(_bed.Olena, query);

        Assert.Equal(["pool", Key(_bed.Nina), Key(_bed.Olena), Key(_bed.Taras)], manager.Keys);
        Assert.Equal([Key(_bed.Olena)], agent.Keys);
    }

    [Fact]
    public async Task ByFollowUp_GoesByTheNextOneThatIsOpen()
    {
        var now = _bed.Time.GetUtcNow();
        var today = await LeadAsync(1, now.AddHours(2), now.AddDays(3));
        var tomorrow = await LeadAsync(2, now.AddDays(1));
        var week = await LeadAsync(3, now.AddDays(3));
        var later = await LeadAsync(4, now.AddDays(30));
        var none = await LeadAsync(5);
        var done = await LeadAsync(6, now.AddHours(3));
        await FinishAsync(done, isDeleted: false);
        var deleted = await LeadAsync(7, now.AddHours(3));
        await FinishAsync(deleted, isDeleted: true);
        var overdue = await LeadAsync(8, now.AddMinutes(1));
        var query = await _bed.BoardAsync(BoardGrouping.FollowUp);
        var days = query.Days with { Today = now.AddMinutes(30) };

        var board = await _bed.ReadAsync(_bed.Nina, query with { Days = days });

        Assert.Equal([overdue], Ids(board, "overdue"));
        Assert.Equal([today], Ids(board, "today"));
        Assert.Equal([tomorrow], Ids(board, "tomorrow"));
        Assert.Equal([week], Ids(board, "thisweek"));
        Assert.Equal([later], Ids(board, "later"));
        Assert.Equal([deleted, done, none], Ids(board, "none"));
    }

    [Fact]
    public async Task WonLeads_ShowBetweenAgentsOnlyWhenAskedFor()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await _bed.Get<LeadService>()
            .MoveAsync(_bed.Olena, lead.Id, await _bed.StageAsync(LeadStatus.Won), null, Token);

        var open = await _bed.ReadAsync(_bed.Nina, await _bed.BoardAsync(BoardGrouping.Agent));
        var won = await _bed.ReadAsync(
            _bed.Nina,
            await _bed.BoardAsync(BoardGrouping.Agent, new LeadListQuery { Statuses = [LeadStatus.Won] })
        );

        Assert.Equal(0, open[Key(_bed.Olena)].Column.Count);
        Assert.Equal(1, won[Key(_bed.Olena)].Column.Count);
    }

    private async Task SeedAsync()
    {
        var leads = _bed.Get<LeadService>();
        Actor?[] agents = [_bed.Olena, _bed.Taras, _bed.James, null];
        for (var number = 0; number < 24; number++)
        {
            var input = HubBed.Input(number) with
            {
                Country = number % 3 == 0 ? "Оман" : "Дубай",
                BudgetFrom = number % 5 == 0 ? null : number * 1000,
                BudgetTo = number % 2 == 0 ? null : number * 2000,
                Currency = number % 7 == 0 ? "EUR" : "USD",
            };
            var lead = await leads.CreateAsync(_bed.Ada, input, agents[number % 4]?.UserId, Token);
            await leads.MoveAsync(
                _bed.Ada,
                lead.Id,
                await _bed.StageAsync((LeadStatus)(1 + (number % 4))),
                null,
                Token
            );
            for (var due = 0; due < number % 3; due++)
            {
                await PlanAsync(lead.Id, _bed.Time.GetUtcNow().AddHours(1 + (number * 7) - due));
            }
        }
    }

    private async Task<Guid> LeadAsync(int number, params DateTimeOffset[] due)
    {
        var lead = await _bed.LeadAsync(_bed.Olena, number);
        foreach (var at in due)
        {
            await PlanAsync(lead.Id, at);
        }

        return lead.Id;
    }

    private Task PlanAsync(Guid leadId, DateTimeOffset at) =>
        _bed.Get<FollowUpService>().AddAsync(_bed.Ada, Guid.CreateVersion7(), leadId, new("Справа", null, at), Token);

    private async Task FinishAsync(Guid leadId, bool isDeleted)
    {
        var followUp = Assert.Single(await _bed.Get<FollowUpQueries>().OpenAsync(_bed.Ada, leadId, Token));
        var service = _bed.Get<FollowUpService>();
        await (
            isDeleted
                ? service.DeleteAsync(_bed.Ada, followUp.Id, Token)
                : service.SetDoneAsync(_bed.Ada, followUp.Id, isDone: true, Token)
        );
    }

    private static string Key(Actor actor) => actor.UserId.ToString();

    private static IEnumerable<Guid> Ids(
        IReadOnlyDictionary<string, (BoardColumn Column, IReadOnlyList<BoardCard> Cards)> board,
        string key
    ) => board[key].Cards.Select(card => card.Id);
}
