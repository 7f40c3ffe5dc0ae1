using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Domain.Points;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Points;

/// <summary>Levels and shares, months of the agency, the ranking, and whose points are whose matter.</summary>
public sealed class PointQueriesTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PointQueries Queries => _bed.Get<PointQueries>();

    private PointCorrections Corrections => _bed.Get<PointCorrections>();

    private RankingQueries Rankings => _bed.Get<RankingQueries>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory]
    [InlineData(0, Level.Bronze, 5, 2_000, 0)]
    [InlineData(-50, Level.Bronze, 5, 2_050, 0)]
    [InlineData(1_999, Level.Bronze, 5, 1, 19)]
    [InlineData(2_000, Level.Silver, 7, 3_000, 20)]
    [InlineData(5_000, Level.Gold, 10, 5_000, 50)]
    [InlineData(12_345, Level.Platinum, 15, null, 100)]
    public async Task Points_MakeTheLevel(int points, Level level, int percent, int? toNext, int goal)
    {
        if (points != 0)
        {
            await CorrectAsync(_bed.Ada, _bed.Olena, points);
        }

        var standing = await Queries.StandingAsync(_bed.Olena, null, Token);

        Assert.Equal(
            (points, level, toNext, goal),
            (standing.Points, standing.Level.Level, standing.ToNext, standing.GoalPercent)
        );
        Assert.Equal(new Commission(percent, false, null, null), standing.Commission);
    }

    [Fact]
    public async Task PersonalShare_GoesBeforeTheLevels_AndNoneWithoutVerification()
    {
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, token) =>
                {
                    foreach (var (percent, days) in new[] { (9m, -2), (12.5m, -1) })
                    {
                        db.CommissionRates.Add(
                            new CommissionRate
                            {
                                UserId = _bed.Olena.UserId,
                                Percent = percent,
                                Since = _bed.Time.GetUtcNow().AddDays(days),
                                SetByName = "Ніна",
                                Reason = "За угодою",
                            }
                        );
                    }

                    (await db.Users.SingleAsync(user => user.Id == _bed.Taras.UserId, token)).IsVerified = false;
                },
                Token
            );

        Assert.Equal(
            new Commission(12.5m, true, _bed.Time.GetUtcNow().AddDays(-1), "За угодою"),
            (await Queries.StandingAsync(_bed.Olena, null, Token)).Commission
        );
        Assert.Null((await Queries.StandingAsync(_bed.Taras, null, Token)).Commission);
    }

    [Fact]
    public async Task Corrections_ByManagersForTheTeam_ByAdminsForAll_ByNobodyForTheOwn()
    {
        await CorrectAsync(_bed.Nina, _bed.Olena, 250);
        await CorrectAsync(_bed.Ada, _bed.James, -40);
        await Assert.ThrowsAsync<NotFoundException>(() => CorrectAsync(_bed.Mark, _bed.Olena, 1));
        await Assert.ThrowsAsync<ForbiddenException>(() => CorrectAsync(_bed.Taras, _bed.Olena, 1));
        await Assert.ThrowsAsync<ForbiddenException>(() => CorrectAsync(_bed.Nina, _bed.Nina, 1));
        await Assert.ThrowsAsync<ForbiddenException>(() => CorrectAsync(_bed.Ada, _bed.Ada, 1));

        Assert.Equal(250, (await Queries.StandingAsync(_bed.Olena, null, Token)).Points);
        Assert.Equal(-40, (await Queries.StandingAsync(_bed.James, null, Token)).Points);
        var told = await _bed.ReadAsync(db =>
            db.SecurityEvents.Where(entry => entry.Kind == SecurityEventKind.PointsCorrected).ToListAsync()
        );
        Assert.Equal(2, told.Count);
        Assert.Equal(("250", "Бо так"), (told[0].Details["points"], told[0].Details["reason"]));
    }

    [Theory]
    [InlineData(0, "Бо", nameof(PointEntry.Points), FieldErrorCode.OutOfRange)]
    [InlineData(100_001, "Бо", nameof(PointEntry.Points), FieldErrorCode.OutOfRange)]
    [InlineData(-100_001, "Бо", nameof(PointEntry.Points), FieldErrorCode.OutOfRange)]
    [InlineData(1, " ", nameof(PointEntry.Reason), FieldErrorCode.Required)]
    [InlineData(1, "\u0000", nameof(PointEntry.Reason), FieldErrorCode.UnreadableText)]
    public async Task CorrectionThatBreaksARule_IsRefusedAtItsField(
        int points,
        string reason,
        string field,
        string code
    )
    {
        var refused = await Assert.ThrowsAsync<InvalidInputException>(() =>
            Corrections.AddAsync(_bed.Ada, Guid.CreateVersion7(), _bed.Olena.UserId, points, reason, Token)
        );

        var error = Assert.Single(refused.Errors);
        Assert.Equal((field, code), (error.Field, error.Code));
    }

    [Fact]
    public async Task CorrectionSentTwice_IsOneEntry()
    {
        var id = Guid.CreateVersion7();
        for (var times = 0; times < 2; times++)
        {
            await Corrections.AddAsync(_bed.Ada, id, _bed.Olena.UserId, 10, "Раз", Token);
        }

        Assert.Equal(10, (await Queries.StandingAsync(_bed.Olena, null, Token)).Points);
    }

    [Fact]
    public async Task Ledger_ShowsOwnAndTeams_AndNamesOnlyLeadsInSight()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await CorrectAsync(_bed.Nina, _bed.Olena, 5);

        Assert.Equal(
            [(PointKind.Correction, null, "Бо так"), (PointKind.LeadCreated, "Клієнт 1", null)],
            (await Queries.LedgerAsync(_bed.Olena, null, 1, Token)).Rows.Select(row =>
                (row.Kind, row.ClientName, row.Reason)
            )
        );
        Assert.Equal(2, (await Queries.LedgerAsync(_bed.Nina, _bed.Olena.UserId, 1, Token)).Total);
        foreach (var stranger in new[] { _bed.Taras, _bed.Mark })
        {
            await Assert.ThrowsAsync<NotFoundException>(() =>
                Queries.LedgerAsync(stranger, _bed.Olena.UserId, 1, Token)
            );
            await Assert.ThrowsAsync<NotFoundException>(() =>
                Queries.StandingAsync(stranger, _bed.Olena.UserId, Token)
            );
        }

        await _bed.Get<LeadService>().TransferAsync(_bed.Ada, lead.Id, _bed.James.UserId, null, Token);
        var gone = (await Queries.LedgerAsync(_bed.Olena, null, 1, Token)).Rows[^1];
        Assert.Equal((100, null, null, null), (gone.Points, gone.LeadId, gone.LeadNumber, gone.ClientName));
    }

    [Fact]
    public async Task Ranking_IsOfTheAgencysMonth_WhoseBoundsFollowTheClocks()
    {
        // Kyiv: +02:00 in winter, +03:00 from 29 March on.
        await AtAsync("2026-02-28T21:59:59Z", _bed.Olena, 1);
        await AtAsync("2026-02-28T22:00:00Z", _bed.Olena, 20);
        await AtAsync("2026-03-31T20:59:59Z", _bed.Olena, 300);
        await AtAsync("2026-03-31T21:00:00Z", _bed.Olena, 4_000);

        Assert.Equal(1, await OfAsync(2));
        Assert.Equal(320, await OfAsync(3));
        Assert.Equal(4_000, await OfAsync(4));

        async Task<int> OfAsync(int month) =>
            (await Rankings.OfMonthAsync(_bed.Taras, new(2026, month, 15), RankingSort.Points, Token))
                .Rows.Single()
                .Points;
    }

    [Fact]
    public async Task Ranking_EqualsShareAPlace_AndColleaguesAreNamesWithoutLinks()
    {
        var lead = await _bed.LeadAsync(_bed.James, 1);
        await _bed.Get<LeadService>().MoveAsync(_bed.Ada, lead.Id, await _bed.StageAsync(LeadStatus.Won), null, Token);
        await _bed.LeadAsync(_bed.Olena, 2);
        await _bed.LeadAsync(_bed.Olena, 3);
        await CorrectAsync(_bed.Ada, _bed.Taras, 200);
        var today = new DateOnly(2026, 3, 2);

        var ranking = await Rankings.OfMonthAsync(_bed.Olena, today, RankingSort.Points, Token);
        Assert.Equal(
            [(1, "James Reed", 1_100, 1, 1), (2, "Олена Гнатюк", 200, 0, 2), (2, "Тарас Вовк", 200, 0, 0)],
            ranking.Rows.Select(row => (row.Rank, row.Name, row.Points, row.Deals, row.Leads))
        );
        Assert.Equal([null, _bed.Olena.UserId, null], ranking.Rows.Select(row => row.UserId));
        Assert.Equal("Олена Гнатюк", ranking.Mine!.Name);
        Assert.Equal(
            "Олена Гнатюк",
            (await Rankings.OfMonthAsync(_bed.Olena, today, RankingSort.Leads, Token)).Rows[0].Name
        );
        Assert.All(
            (await Rankings.OfMonthAsync(_bed.Ada, today, RankingSort.Deals, Token)).Rows,
            row => Assert.NotNull(row.UserId)
        );
    }

    [Fact]
    public async Task Rules_AreAdminsMatter_AndNotStoredOverSomebodyElses()
    {
        var settings = _bed.Get<PointSettings>();
        await Assert.ThrowsAsync<ForbiddenException>(() => settings.ReadAsync(_bed.Nina, Token));
        var opened = await settings.ReadAsync(_bed.Ada, Token);
        await Assert.ThrowsAsync<ForbiddenException>(() => settings.SaveAsync(_bed.Nina, opened, opened, Token));

        Assert.True(await settings.SaveAsync(_bed.Ada, opened, opened with { LeadCreated = 7 }, Token));
        Assert.False(await settings.SaveAsync(_bed.Ada, opened, opened with { LeadCreated = 8 }, Token));

        Assert.Equal(7, (await settings.ReadAsync(_bed.Ada, Token)).LeadCreated);
        var told = await _bed.ReadAsync(db =>
            db.SecurityEvents.SingleAsync(entry => entry.Kind == SecurityEventKind.SettingChanged)
        );
        Assert.StartsWith(
            "on; lead 100; deal 1000; goal 10000; Bronze 0 = 5%",
            told.Details["before"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task RulesOutOfOrder_AreRefusedAtTheirFields()
    {
        var settings = _bed.Get<PointSettings>();
        var opened = await settings.ReadAsync(_bed.Ada, Token);
        var levels = opened.Levels.ToArray();
        levels[0] = levels[0] with { From = 1 };
        levels[2] = levels[2] with { From = levels[1].From, Percent = 7.125m };

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() =>
            settings.SaveAsync(_bed.Ada, opened, opened with { DealWon = -1, Goal = 0, Levels = levels }, Token)
        );

        Assert.Equal(
            ["DealWon", "Goal", "Bronze.From", "Gold.From", "Gold.Percent"],
            refused.Errors.Select(error => error.Field)
        );
    }

    private Task CorrectAsync(Actor actor, Actor whose, int points) =>
        Corrections.AddAsync(actor, Guid.CreateVersion7(), whose.UserId, points, "Бо так", Token);

    private async Task AtAsync(string moment, Actor whose, int points)
    {
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.PointEntries.Add(
                        new PointEntry
                        {
                            UserId = whose.UserId,
                            Points = points,
                            Kind = PointKind.Correction,
                            At = DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture),
                            ByName = "x",
                            Reason = "x",
                        }
                    );
                    return Task.CompletedTask;
                },
                Token
            );
    }
}
