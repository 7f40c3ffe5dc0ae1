using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Dashboards;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Points;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Dashboards;

/// <summary>Every part of the start page shows what its reader may see, and costs the same however many leads there are.</summary>
public sealed class DashboardQueriesTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Agenda_IsCutAtNowAndAtMidnightInKyiv()
    {
        // 09:00 UTC on 2 March; the day in Kyiv ends at 22:00 UTC.
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await DueAsync(lead.Id, "Завтра вночі", "2026-03-02T22:00:00Z");
        await DueAsync(lead.Id, "Сьогодні ввечері", "2026-03-02T21:59:00Z");
        await DueAsync(lead.Id, "За тиждень", "2026-03-09T21:59:00Z");
        await DueAsync(lead.Id, "За вісім днів", "2026-03-09T22:00:00Z");
        await DueAsync(lead.Id, "Прострочене", "2026-03-02T10:00:00Z");
        _bed.Time.Advance(TimeSpan.FromHours(1.5));

        var agenda = await _bed.Get<AgendaQueries>().ReadAsync(_bed.Olena, Token);

        Assert.Equal(
            [
                (AgendaPart.Overdue, 1, "Прострочене"),
                (AgendaPart.Today, 1, "Сьогодні ввечері"),
                (AgendaPart.Next, 2, "Завтра вночі, За тиждень"),
            ],
            agenda.Select(group => (group.Part, group.Total, string.Join(", ", group.Items.Select(item => item.Title))))
        );
    }

    [Fact]
    public async Task Agenda_LeavesOutDoneDeletedArchivedAndOthers_AndCountsBeyondWhatItShows()
    {
        var (mine, gone) = (await _bed.LeadAsync(_bed.Olena, 1), await _bed.LeadAsync(_bed.Olena, 2));
        var other = await _bed.LeadAsync(_bed.Taras, 3);
        foreach (var lead in new[] { gone, other })
        {
            await DueAsync(lead.Id, "Ні", "2026-03-02T12:00:00Z");
        }

        await _bed.Get<LeadService>().ArchiveAsync(_bed.Olena, gone.Id, Token);
        var done = await DueAsync(mine.Id, "Зроблене", "2026-03-02T12:00:00Z");
        await _bed.Get<FollowUpService>().SetDoneAsync(_bed.Olena, done, true, Token);
        var deleted = await DueAsync(mine.Id, "Видалене", "2026-03-02T12:00:00Z");
        await _bed.Get<FollowUpService>().DeleteAsync(_bed.Olena, deleted, Token);
        for (var number = 0; number < AgendaQueries.Shown + 3; number++)
        {
            await DueAsync(mine.Id, $"Так {number}", "2026-03-02T12:00:00Z");
        }

        var today = Assert.Single(await _bed.Get<AgendaQueries>().ReadAsync(_bed.Olena, Token));

        Assert.Equal((AgendaQueries.Shown + 3, AgendaQueries.Shown), (today.Total, today.Items.Count));
        Assert.All(today.Items, item => Assert.StartsWith("Так", item.Title, StringComparison.Ordinal));
        Assert.Equal(
            AgendaQueries.Shown + 4,
            Assert.Single(await _bed.Get<AgendaQueries>().ReadAsync(_bed.Nina, Token)).Total
        );
        Assert.Empty(await _bed.Get<AgendaQueries>().ReadAsync(_bed.Mark, Token));
    }

    [Fact]
    public async Task Quiet_AreOpenLeadsWithoutAnyWord_TheOldestFirst_AsTheListCountsThem()
    {
        var oldest = await _bed.LeadAsync(_bed.Olena, 1);
        _bed.Time.Advance(TimeSpan.FromHours(1));
        var second = await _bed.LeadAsync(_bed.Olena, 2);
        var (won, spoken, other) = (
            await _bed.LeadAsync(_bed.Olena, 3),
            await _bed.LeadAsync(_bed.Olena, 4),
            await _bed.LeadAsync(_bed.James, 5)
        );
        await MoveAsync(won.Id, LeadStatus.Won);
        // Half past eleven in the evening in Kyiv: the day is not over yet. Half an hour later it is.
        _bed.Time.SetUtcNow(new(2026, 3, 9, 21, 30, 0, TimeSpan.Zero));
        Assert.Empty((await _bed.Get<QuietQueries>().ReadAsync(_bed.Olena, Token)).Rows);
        _bed.Time.Advance(TimeSpan.FromHours(0.5));
        await _bed.Get<Domain.Timeline.CommentService>()
            .AddAsync(_bed.Olena, Guid.CreateVersion7(), spoken.Id, "Слово", null, Token);

        var quiet = await _bed.Get<QuietQueries>().ReadAsync(_bed.Olena, Token);

        Assert.Equal([oldest.Id, second.Id], quiet.Rows.Select(row => row.Id));
        Assert.Equal(new LeadCount(2, false), quiet.Total);
        var list = new LeadListQuery { QuietSince = quiet.Since };
        Assert.True(list.HasFilters);
        Assert.Equal(quiet.Total, await _bed.Get<LeadQueries>().CountAsync(_bed.Olena, list, Token));
        Assert.Equal(
            [other.Id],
            (await _bed.Get<QuietQueries>().ReadAsync(_bed.Mark, Token)).Rows.Select(row => row.Id)
        );
    }

    [Fact]
    public async Task Quiet_IsWhatAdminsSay_AndNothingThatIsPlanned()
    {
        var (left, planned) = (await _bed.LeadAsync(_bed.Olena, 1), await _bed.LeadAsync(_bed.Olena, 2));
        await _bed.Get<FollowUpService>()
            .AddAsync(
                _bed.Olena,
                Guid.CreateVersion7(),
                planned.Id,
                new("Подзвонити", null, _bed.Time.GetUtcNow().AddDays(30)),
                Token
            );
        var rules = _bed.Get<QuietRules>();
        var standard = await rules.RuleAsync(_bed.Olena, Token);
        _bed.Time.Advance(TimeSpan.FromDays(4));
        Assert.Empty((await _bed.Get<QuietQueries>().ReadAsync(_bed.Olena, Token)).Rows);

        Assert.True(await rules.SaveRuleAsync(_bed.Ada, standard, new() { Days = 3 }, Token));
        Assert.False(await rules.SaveRuleAsync(_bed.Ada, standard, new() { Days = 9 }, Token));

        var quiet = await _bed.Get<QuietQueries>().ReadAsync(_bed.Olena, Token);
        Assert.Equal(3, quiet.Days);
        Assert.Equal([left.Id], quiet.Rows.Select(row => row.Id));
        var line = (await _bed.Get<TeamQueries>().ReadAsync(_bed.Nina, Token)).Single(row =>
            row.UserId == _bed.Olena.UserId
        );
        Assert.Equal(1, line.Quiet);
        foreach (var days in new[] { 0, QuietRule.MostDays + 1 })
        {
            await Assert.ThrowsAsync<Domain.Errors.InvalidInputException>(() =>
                rules.SaveRuleAsync(_bed.Ada, new() { Days = 3 }, new() { Days = days }, Token)
            );
        }

        await Assert.ThrowsAsync<Domain.Errors.ForbiddenException>(() =>
            rules.SaveRuleAsync(_bed.Nina, new() { Days = 3 }, new(), Token)
        );
    }

    [Fact]
    public async Task Figures_EqualTheListsUnderThem()
    {
        for (var number = 1; number <= 5; number++)
        {
            await _bed.Get<LeadService>()
                .CreateAsync(
                    _bed.Olena,
                    HubBed.Input(number) with
                    {
                        BudgetTo = number * 1_000,
                        Currency = "USD",
                    },
                    null,
                    Token
                );
        }

        var rows = (await _bed.Get<LeadQueries>().PageAsync(_bed.Olena, new(), Token)).Rows;
        await MoveAsync(rows[0].Id, LeadStatus.Won);
        await MoveAsync(rows[1].Id, LeadStatus.Lost);
        await _bed.Get<LeadService>().ArchiveAsync(_bed.Olena, rows[2].Id, Token);
        await _bed.Get<LeadService>().TransferAsync(_bed.Nina, rows[3].Id, _bed.Taras.UserId, null, Token);
        await _bed.LeadAsync(_bed.James, 9);

        var mine = await FiguresAsync(_bed.Olena);
        Assert.Equal((3, 1, 1, 1, 0), (mine.Total, mine.Active, mine.Won, mine.Lost, mine.Transferred));
        Assert.Equal((10_000m, 3_333m, 33.3m), (mine.Budget, mine.AverageBudget, mine.Conversion));
        var team = await FiguresAsync(_bed.Nina);
        Assert.Equal((4, 1), (team.Total, team.Transferred));
        Assert.Equal(
            1,
            (await _bed.Get<LeadQueries>().CountAsync(_bed.Nina, new() { OnlyTransferred = true }, Token)).Value
        );
        Assert.Equal((5, 0), ((await FiguresAsync(_bed.Ada)).Total, (await FiguresAsync(_bed.Mark)).Transferred));
        var none = await FiguresAsync(_bed.Ada with { Role = Role.Agent, UserId = Guid.CreateVersion7() });
        Assert.Equal((0, null, null), (none.Total, none.AverageBudget, none.Conversion));

        Task<Figures> FiguresAsync(Actor actor) => _bed.Get<FigureQueries>().ReadAsync(actor, Token);
    }

    [Fact]
    public async Task Trend_CountsByWeeksAndMonthsOfTheAgency()
    {
        // The last second of Sunday in Kyiv, and the first of Monday; the clocks went forward on that Sunday.
        _bed.Time.SetUtcNow(new(2026, 3, 29, 20, 59, 59, TimeSpan.Zero));
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        _bed.Time.Advance(TimeSpan.FromSeconds(1));
        await _bed.LeadAsync(_bed.Olena, 2);
        await _bed.LeadAsync(_bed.James, 3);
        _bed.Time.SetUtcNow(new(2026, 4, 1, 9, 0, 0, TimeSpan.Zero));
        await MoveAsync(lead.Id, LeadStatus.Won);

        var weeks = await TrendAsync(_bed.Olena, TrendMetric.Leads, TrendStep.Week);
        Assert.Equal(TrendQueries.Steps, weeks.Count);
        Assert.Equal([new(new(2026, 3, 23), 1, 0), new(new(2026, 3, 30), 1, 1)], weeks.TakeLast(2));
        Assert.Equal(0, weeks.Take(10).Sum(week => week.Value + week.Won));
        var months = await TrendAsync(_bed.Olena, TrendMetric.Leads, TrendStep.Month);
        Assert.Equal([new(new(2026, 3, 1), 2, 0), new(new(2026, 4, 1), 0, 1)], months.TakeLast(2));
        Assert.Equal(3, (await TrendAsync(_bed.Ada, TrendMetric.Leads, TrendStep.Month)).Sum(step => step.Value));
    }

    [Fact]
    public async Task Trend_FollowsEachNumber_OfWhatItsReaderMaySee()
    {
        _bed.Time.SetUtcNow(new(2026, 3, 30, 9, 0, 0, TimeSpan.Zero));
        var won = await BudgetedAsync(1, 300_000, "USD");
        await BudgetedAsync(2, 100_000, "USD");
        await BudgetedAsync(3, 900_000, "EUR");
        var lost = await BudgetedAsync(4, null, "USD");
        await _bed.LeadAsync(_bed.James, 5);
        _bed.Time.SetUtcNow(new(2026, 4, 7, 9, 0, 0, TimeSpan.Zero));
        await MoveAsync(won, LeadStatus.Won);
        await MoveAsync(lost, LeadStatus.Lost);
        await _bed.Get<LeadService>().TransferAsync(_bed.Nina, won, _bed.Taras.UserId, null, Token);

        (TrendMetric Metric, decimal? Before, decimal? Came, decimal? After)[] expected =
        [
            (TrendMetric.Leads, 0, 4, 0),
            (TrendMetric.Active, 0, 2, 0),
            (TrendMetric.Transferred, 0, 0, 1),
            (TrendMetric.Conversion, null, 25, null),
            (TrendMetric.Budget, 0, 400_000, 0),
            (TrendMetric.Average, null, 100_000, null),
        ];
        foreach (var (metric, before, came, after) in expected)
        {
            var weeks = await TrendAsync(_bed.Nina, metric, TrendStep.Week);
            Assert.Equal([before, came, after], weeks.TakeLast(3).Select(week => week.Value));
        }

        // Points are one's own: for registering, and for the deal that was one's own when it was won.
        var points = await TrendAsync(_bed.Olena, TrendMetric.Points, TrendStep.Week);
        Assert.Equal([0m, 400m, 1_000m], points.TakeLast(3).Select(week => week.Value));
        var nobodys = await TrendAsync(_bed.Nina, TrendMetric.Points, TrendStep.Week);
        Assert.Equal(0, nobodys.Sum(week => week.Value));

        async Task<Guid> BudgetedAsync(int number, decimal? budget, string currency)
        {
            var input = HubBed.Input(number) with { BudgetTo = budget, Currency = currency };
            return (await _bed.Get<LeadService>().CreateAsync(_bed.Olena, input, null, Token)).Id;
        }
    }

    [Fact]
    public async Task Team_HasALineForEachAgentWhomTheReaderLeads()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await DueAsync(lead.Id, "Зателефонувати", "2026-03-02T10:00:00Z");
        await MoveAsync((await _bed.LeadAsync(_bed.Olena, 2)).Id, LeadStatus.Won);
        await _bed.LeadAsync(_bed.James, 3);
        // What is overdue is asked for already; only this one has gone quiet.
        await _bed.LeadAsync(_bed.Taras, 4);
        _bed.Time.Advance(TimeSpan.FromDays(8));

        var team = await _bed.Get<TeamQueries>().ReadAsync(_bed.Nina, Token);

        Assert.Equal(
            [
                new(_bed.Olena.UserId, "Олена Гнатюк", 1, 1, 1, 0, 1_200),
                new(_bed.Taras.UserId, "Тарас Вовк", 1, 0, 0, 1, 100),
            ],
            team
        );
        Assert.Equal(3, (await _bed.Get<TeamQueries>().ReadAsync(_bed.Ada, Token)).Count);
        Assert.Empty(await _bed.Get<TeamQueries>().ReadAsync(_bed.Olena, Token));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    public async Task WholePage_CostsTheSameCommands_HoweverManyLeads(int leads)
    {
        await SpreadAsync(leads);
        foreach (var (actor, commands) in new[] { (_bed.Olena, 18), (_bed.Nina, 24), (_bed.Ada, 24) })
        {
            _bed.Sql.Reset();
            await _bed.Get<AgendaQueries>().ReadAsync(actor, Token);
            await _bed.Get<QuietQueries>().ReadAsync(actor, Token);
            await _bed.Get<NewsQueries>().ReadAsync(actor, await _bed.Get<SeenMarks>().VisitAsync(actor, Token), Token);
            await _bed.Get<FigureQueries>().ReadAsync(actor, Token);
            await TrendAsync(actor, TrendMetric.Leads, TrendStep.Week);
            await _bed.Get<TeamQueries>().ReadAsync(actor, Token);
            await _bed.Get<PointQueries>().StandingAsync(actor, null, Token);
            await _bed.Get<RankingQueries>().OfMonthAsync(actor, new(2026, 3, 2), RankingSort.Points, Token);

            Assert.True(
                _bed.Sql.Commands.Count <= commands,
                $"{actor.Name}: {_bed.Sql.Commands.Count} commands\n{string.Join("\n--\n", _bed.Sql.Commands)}"
            );
        }
    }

    private async Task<IReadOnlyList<TrendPoint>> TrendAsync(Actor actor, TrendMetric metric, TrendStep step) =>
        (await _bed.Get<TrendQueries>().ReadAsync(actor, metric, step, Token)).Points;

    private async Task<Guid> DueAsync(Guid leadId, string title, string due)
    {
        var id = Guid.CreateVersion7();
        await _bed.Get<FollowUpService>()
            .AddAsync(
                _bed.Ada,
                id,
                leadId,
                new(title, null, DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture)),
                Token
            );
        return id;
    }

    private async Task MoveAsync(Guid leadId, LeadStatus status)
    {
        var reason = status is LeadStatus.Lost ? LeadOptions.For(LeadField.RefusalReason)![0] : null;
        await _bed.Get<LeadService>().MoveAsync(_bed.Ada, leadId, await _bed.StageAsync(status), reason, Token);
    }

    // Leads with an event and a follow-up each, by the hand of the database: a thousand through the service take minutes.
    private async Task SpreadAsync(int count)
    {
        var stage = await _bed.StageAsync(LeadStatus.Contacted);
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, token) =>
                    db.Database.ExecuteSqlAsync(
                        $"""
                        WITH leads AS (
                            INSERT INTO leads (id, client_name, stage_id, agent_id, team_id, status, currency, attention, is_demo,
                                search_text, created_at, updated_at, stage_changed_at)
                            SELECT gen_random_uuid(), 'Клієнт ' || number, {stage}, {_bed.Olena.UserId}, {_bed.Olena.TeamId}, 2, 'USD', 0,
                                false, '', {_bed.Time.GetUtcNow()} - interval '10 days', {_bed.Time.GetUtcNow()} - interval '10 days',
                                {_bed.Time.GetUtcNow()} - interval '10 days'
                            FROM generate_series(1, {count}) AS number
                            RETURNING id
                        ), told AS (
                            INSERT INTO lead_events (lead_id, kind, origin, occurred_at, actor_name, changes, agent_id, team_id)
                            SELECT id, 7, 2, {_bed.Time.GetUtcNow()}, 'HubSpot', '[]', {_bed.Olena.UserId}, {_bed.Olena.TeamId} FROM leads
                        )
                        INSERT INTO follow_ups (id, lead_id, title, due_at, author_name, origin, created_at)
                        SELECT gen_random_uuid(), id, 'Зателефонувати', {_bed.Time.GetUtcNow()}, 'x', 1, {_bed.Time.GetUtcNow()} FROM leads
                        """,
                        token
                    ),
                Token
            );
    }
}
