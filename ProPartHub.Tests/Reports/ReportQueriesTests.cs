using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Reports;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Reports;

/// <summary>Reports count what the lists under them count, of what their reader may see, at the same cost for any data.</summary>
public sealed class ReportQueriesTests : IAsyncLifetime
{
    private static readonly string Spain = LeadOptions.For(LeadField.Country)![0];

    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Funnel_CountsByAgent_AsTheListsUnderIt()
    {
        var won = await AddAsync(_bed.Olena, 1, budget: 300_000);
        var lost = await AddAsync(_bed.Olena, 2);
        var contacted = await AddAsync(_bed.Olena, 3);
        await AddAsync(_bed.Taras, 4);
        await AddAsync(_bed.James, 5);
        await MoveAsync(won, LeadStatus.Won);
        await MoveAsync(lost, LeadStatus.Lost);
        await MoveAsync(contacted, LeadStatus.Contacted);

        var lines = await FunnelAsync(_bed.Nina, ReportGrouping.Agent);

        Assert.Equal([(_bed.Olena.Name, 3), (_bed.Taras.Name, 1)], lines.Select(line => (line.Key.Name, line.Total)));
        var olena = lines[0];
        Assert.Equal((0, 1, 0, 1, 1), (olena.New, olena.Contacted, olena.Qualified, olena.Won, olena.Lost));
        Assert.Equal((300_000m, 33.3m), (olena.WonBudget, olena.Conversion));
        Assert.Equal(
            (2, 2, 1, 1),
            (
                olena.Reached(LeadStatus.New),
                olena.Reached(LeadStatus.Contacted),
                olena.Reached(LeadStatus.Qualified),
                olena.Reached(LeadStatus.Won)
            )
        );
        foreach (var line in lines)
        {
            var list = new LeadListQuery { AgentIds = [Guid.Parse(line.Key.Value!)] };
            Assert.Equal(line.Total, (await _bed.Get<LeadQueries>().CountAsync(_bed.Nina, list, Token)).Value);
        }
    }

    [Fact]
    public async Task Funnel_GroupsByTeamSourceAndCountry_AndThoseWithoutStandApart()
    {
        await AddAsync(_bed.Olena, 1, country: Spain);
        await AddAsync(_bed.Taras, 2, country: Spain);
        await AddAsync(_bed.James, 3);

        var countries = await FunnelAsync(_bed.Ada, ReportGrouping.Country);
        var teams = await FunnelAsync(_bed.Ada, ReportGrouping.Team);

        Assert.Equal([(Spain, 2), (null, 1)], countries.Select(line => (line.Key.Value, line.Total)));
        Assert.Equal([("Північ", 2), ("Південь", 1)], teams.Select(line => (line.Key.Name, line.Total)));
        Assert.Equal(3, Assert.Single(await FunnelAsync(_bed.Ada, ReportGrouping.Source)).Total);
    }

    [Fact]
    public async Task Answers_CountTheFirstWordOfAPerson_NotTheRegistration()
    {
        var (soon, late, none) = (
            await AddAsync(_bed.Olena, 1),
            await AddAsync(_bed.Olena, 2),
            await AddAsync(_bed.Olena, 3)
        );
        _bed.Time.Advance(TimeSpan.FromMinutes(30));
        await CommentAsync(soon);
        _bed.Time.Advance(TimeSpan.FromHours(47.5));
        await MoveAsync(late, LeadStatus.Contacted);
        await CommentAsync(late);
        await EditAsync(none);

        var line = Assert.Single(
            await _bed.Get<AnswerTimeQueries>().ReadAsync(_bed.Nina, new(), ReportGrouping.Agent, Token)
        );

        Assert.Equal((1, 0, 1, 1), (line.InHour, line.InDay, line.Later, line.Never));
        Assert.Equal(TimeSpan.FromHours(24.25), line.Average);
    }

    [Fact]
    public async Task StageTimes_AreOfLeadsThatLeft_TheirStaysTogether()
    {
        var lead = await AddAsync(_bed.Olena, 1);
        _bed.Time.Advance(TimeSpan.FromHours(12));
        await MoveAsync(lead, LeadStatus.Contacted);
        _bed.Time.Advance(TimeSpan.FromDays(3));
        await MoveAsync(lead, LeadStatus.New);
        _bed.Time.Advance(TimeSpan.FromDays(40));
        await MoveAsync(lead, LeadStatus.Contacted);
        var quick = await AddAsync(_bed.Taras, 2);
        _bed.Time.Advance(TimeSpan.FromHours(12));
        await MoveAsync(quick, LeadStatus.Contacted);
        await AddAsync(_bed.James, 3);

        var lines = await _bed.Get<StageTimeQueries>().ReadAsync(_bed.Nina, new(), Token);

        Assert.Equal([LeadStatus.New, LeadStatus.Contacted], lines.Select(line => line.Status));
        Assert.Equal((1, 0, 0, 1), (lines[0].InDay, lines[0].InWeek, lines[0].InMonth, lines[0].Longer));
        Assert.Equal(TimeSpan.FromDays(20.5), lines[0].Average);
        Assert.Equal((1, TimeSpan.FromDays(3)), (lines[1].InWeek, lines[1].Average));
        Assert.Empty(await _bed.Get<StageTimeQueries>().ReadAsync(_bed.Mark, new(), Token));
    }

    [Fact]
    public async Task StageTimes_AreOfTheChosenLeadsAlone_WhateverChoosesThem()
    {
        var chosen = await AddAsync(_bed.Olena, 1, budget: 300_000, country: Spain);
        var other = await AddAsync(_bed.Taras, 2);
        _bed.Time.Advance(TimeSpan.FromHours(2));
        await MoveAsync(chosen, LeadStatus.Contacted);
        await MoveAsync(other, LeadStatus.Won);
        var now = _bed.Time.GetUtcNow();
        LeadListQuery[] choices =
        [
            new() { Countries = [Spain] },
            new() { AgentIds = [_bed.Olena.UserId] },
            new() { Statuses = [LeadStatus.Contacted, LeadStatus.Qualified] },
            new()
            {
                AgentIds = [_bed.Olena.UserId],
                TeamId = _bed.Olena.TeamId,
                CreatedFrom = now.AddDays(-1),
                CreatedBefore = now.AddDays(1),
                Countries = [Spain],
                Search = (await _bed.LoadAsync(chosen)).Phone,
            },
        ];

        foreach (var choice in choices)
        {
            var line = Assert.Single(await _bed.Get<StageTimeQueries>().ReadAsync(_bed.Nina, choice, Token));
            Assert.Equal((1, TimeSpan.FromHours(2)), (line.Total, line.Average));
        }

        var none = new LeadListQuery { Search = "{0} {лапки}" };
        Assert.Empty(await _bed.Get<StageTimeQueries>().ReadAsync(_bed.Nina, none, Token));
    }

    [Fact]
    public async Task Forecast_IsBudgetsTimesTheShareThatWasWonFromThere()
    {
        foreach (
            var (number, end) in new[]
            {
                (1, LeadStatus.Won),
                (2, LeadStatus.Lost),
                (3, LeadStatus.Lost),
                (4, LeadStatus.Lost),
            }
        )
        {
            var lead = await AddAsync(_bed.Olena, number);
            await MoveAsync(lead, LeadStatus.Contacted);
            await MoveAsync(lead, LeadStatus.New);
            await MoveAsync(lead, LeadStatus.Contacted);
            await MoveAsync(lead, end);
        }

        await MoveAsync(await AddAsync(_bed.Olena, 5, budget: 100_000), LeadStatus.Contacted);
        await MoveAsync(await AddAsync(_bed.Taras, 6, budget: 300_000), LeadStatus.Contacted);
        await MoveAsync(await AddAsync(_bed.Taras, 7, budget: 50_000), LeadStatus.Qualified);

        var lines = await ForecastAsync();

        Assert.Equal([LeadStatus.Contacted, LeadStatus.Qualified], lines.Select(line => line.Status));
        Assert.Equal((2, 400_000m, 4, 1), (lines[0].Leads, lines[0].Budget, lines[0].Ended, lines[0].Won));
        Assert.Equal((25m, 100_000m), (lines[0].Share, lines[0].Expected));
        Assert.Equal((50_000m, null, null), (lines[1].Budget, lines[1].Share, lines[1].Expected));

        // What ended more than a year ago teaches nothing any more.
        _bed.Time.Advance(TimeSpan.FromDays(ForecastQueries.Days + 1));
        Assert.All(await ForecastAsync(), line => Assert.Equal(0, line.Ended));

        Task<IReadOnlyList<ForecastLine>> ForecastAsync() =>
            _bed.Get<ForecastQueries>().ReadAsync(_bed.Nina, new(), Token);
    }

    [Fact]
    public async Task Cohorts_CountByMonthInKyiv_AndKnowOnlyWhatHasPassed()
    {
        // Half past midnight on 1 April in Kyiv is still March in UTC.
        var march = await AddAsync(_bed.Olena, 1);
        _bed.Time.SetUtcNow(new(2026, 3, 31, 21, 30, 0, TimeSpan.Zero));
        var april = await AddAsync(_bed.Olena, 2);
        await AddAsync(_bed.Taras, 3);
        await MoveAsync(april, LeadStatus.Won);
        _bed.Time.SetUtcNow(new(2026, 4, 20, 9, 0, 0, TimeSpan.Zero));
        await MoveAsync(march, LeadStatus.Won);
        _bed.Time.SetUtcNow(new(2026, 6, 2, 9, 0, 0, TimeSpan.Zero));

        var lines = await _bed.Get<CohortQueries>().ReadAsync(_bed.Nina, new(), Token);

        Assert.Equal(CohortQueries.Months, lines.Count);
        Assert.Equal(new DateOnly(2026, 6, 1), lines[0].Month);
        Assert.Equal((2, 1), (lines[2].Total, lines[2].Won));
        Assert.Equal([1, null, null, null], lines[2].WonWithin);
        Assert.Equal((1, 1), (lines[3].Total, lines[3].Won));
        Assert.Equal([0, 1, null, null], lines[3].WonWithin);
        Assert.Equal((0, 0), (lines[1].Total, lines[1].Won));
    }

    [Fact]
    public async Task EveryReport_TakesTwoCommandsAtMost()
    {
        for (var number = 1; number <= 30; number++)
        {
            await AddAsync(number % 2 == 0 ? _bed.Olena : _bed.Taras, number);
        }

        Assert.Equal(2, await CommandsAsync(() => FunnelAsync(_bed.Nina, ReportGrouping.Agent)));
        Assert.Equal(
            2,
            await CommandsAsync(() =>
                _bed.Get<AnswerTimeQueries>().ReadAsync(_bed.Nina, new(), ReportGrouping.Team, Token)
            )
        );
        Assert.Equal(1, await CommandsAsync(() => _bed.Get<StageTimeQueries>().ReadAsync(_bed.Nina, new(), Token)));
        Assert.Equal(2, await CommandsAsync(() => _bed.Get<ForecastQueries>().ReadAsync(_bed.Nina, new(), Token)));
        Assert.Equal(1, await CommandsAsync(() => _bed.Get<CohortQueries>().ReadAsync(_bed.Nina, new(), Token)));
    }

    private Task<IReadOnlyList<FunnelLine>> FunnelAsync(Actor actor, ReportGrouping grouping) =>
        _bed.Get<FunnelQueries>().ReadAsync(actor, new(), grouping, Token);

    private async Task<Guid> AddAsync(Actor agent, int number, decimal? budget = null, string? country = null)
    {
        var input = HubBed.Input(number) with { BudgetTo = budget, Currency = "USD", Country = country };
        return (await _bed.Get<LeadService>().CreateAsync(agent, input, null, Token)).Id;
    }

    private async Task MoveAsync(Guid lead, LeadStatus status)
    {
        var stage = await _bed.StageAsync(status);
        await _bed.Get<LeadService>()
            .MoveAsync(
                _bed.Ada,
                lead,
                stage,
                status is LeadStatus.Lost ? LeadOptions.For(LeadField.RefusalReason)![0] : null,
                Token
            );
    }

    private async Task EditAsync(Guid lead)
    {
        var opened = LeadInput.From(await _bed.LoadAsync(lead));
        var typed = opened with { Company = "Будинок" };
        await _bed.Get<LeadService>().EditAsync(_bed.Olena, lead, opened, typed, new HashSet<LeadField>(), Token);
    }

    private async Task<int> CommandsAsync(Func<Task> read)
    {
        _bed.Sql.Reset();
        await read();
        return _bed.Sql.Commands.Count;
    }

    private Task CommentAsync(Guid lead) =>
        _bed.Get<CommentService>().AddAsync(_bed.Olena, Guid.CreateVersion7(), lead, "Слово", null, Token);
}
