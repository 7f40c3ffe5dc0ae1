using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Points;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Points;

/// <summary>Points follow what happens to leads, in the same transaction, and nothing is given twice.</summary>
public sealed class PointLedgerTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Registered_GivesItsAgentAHundred_WhoeverTypes()
    {
        await _bed.LeadAsync(_bed.Olena, 1);
        await _bed.Get<LeadService>().CreateAsync(_bed.Nina, HubBed.Input(2), _bed.Taras.UserId, Token);
        await _bed.Get<LeadService>().CreateAsync(_bed.Nina, HubBed.Input(3), null, Token);

        var entries = await EntriesAsync();
        Assert.Equal(
            [(_bed.Olena.UserId, 100, "Олена Гнатюк"), (_bed.Taras.UserId, 100, "Ніна Коваль")],
            entries.Select(entry => (entry.UserId, entry.Points, entry.ByName))
        );
        Assert.All(entries, entry => Assert.Equal(_bed.Time.GetUtcNow(), entry.At));
    }

    [Fact]
    public async Task Refused_GivesNothing()
    {
        await _bed.LeadAsync(_bed.Olena, 1);

        await Assert.ThrowsAsync<Domain.Errors.InvalidInputException>(() => _bed.LeadAsync(_bed.Olena, 1));

        Assert.Single(await EntriesAsync());
    }

    [Fact]
    public async Task Won_GivesAThousandOnce_AndReopeningTakesThemBack()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);

        await MoveAsync(lead.Id, LeadStatus.Won);
        await MoveAsync(lead.Id, LeadStatus.Won);
        Assert.Equal(1_100, await PointsAsync(_bed.Olena));

        await MoveAsync(lead.Id, LeadStatus.Qualified);
        await MoveAsync(lead.Id, LeadStatus.Contacted);
        Assert.Equal(100, await PointsAsync(_bed.Olena));

        await MoveAsync(lead.Id, LeadStatus.Won);
        Assert.Equal(1_100, await PointsAsync(_bed.Olena));
        Assert.Equal(
            [(PointKind.LeadCreated, 1), (PointKind.DealWon, 1), (PointKind.DealReopened, 1), (PointKind.DealWon, 2)],
            (await EntriesAsync()).Select(entry => (entry.Kind, entry.Sequence))
        );
    }

    [Fact]
    public async Task WonAndTakenBackInOneTransaction_GivesNothing()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var (won, contacted) = (await _bed.StageAsync(LeadStatus.Won), await _bed.StageAsync(LeadStatus.Contacted));
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, token) =>
                {
                    var row = await db.Leads.SingleAsync(row => row.Id == lead.Id, token);
                    var recorder = new LeadRecorder(_bed.Olena, ChangeOrigin.Portal, _bed.Time.GetUtcNow());
                    recorder.Move(db, row, await db.Stages.SingleAsync(stage => stage.Id == won, token));
                    recorder.Move(db, row, await db.Stages.SingleAsync(stage => stage.Id == contacted, token));
                },
                Token
            );

        Assert.Equal(100, await PointsAsync(_bed.Olena));
    }

    [Fact]
    public async Task HandedOver_PointsStayWithWhoEarnedThem_AndComeBackFromThere()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await MoveAsync(lead.Id, LeadStatus.Won);

        await _bed.Get<LeadService>().TransferAsync(_bed.Nina, lead.Id, _bed.Taras.UserId, null, Token);
        Assert.Equal((1_100, 0), (await PointsAsync(_bed.Olena), await PointsAsync(_bed.Taras)));

        await MoveAsync(lead.Id, LeadStatus.Qualified);
        Assert.Equal((100, 0), (await PointsAsync(_bed.Olena), await PointsAsync(_bed.Taras)));

        await MoveAsync(lead.Id, LeadStatus.Won);
        Assert.Equal((100, 1_000), (await PointsAsync(_bed.Olena), await PointsAsync(_bed.Taras)));
    }

    [Fact]
    public async Task ReopenedAfterARuleChanged_TakesBackWhatWasGiven()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await MoveAsync(lead.Id, LeadStatus.Won);
        var settings = _bed.Get<PointSettings>();
        var rules = await settings.ReadAsync(_bed.Ada, Token);
        Assert.True(await settings.SaveAsync(_bed.Ada, rules, rules with { DealWon = 50 }, Token));

        await MoveAsync(lead.Id, LeadStatus.Qualified);
        Assert.Equal(100, await PointsAsync(_bed.Olena));

        await MoveAsync(lead.Id, LeadStatus.Won);
        Assert.Equal(150, await PointsAsync(_bed.Olena));
    }

    [Fact]
    public async Task SwitchedOff_NothingIsWritten()
    {
        var settings = _bed.Get<PointSettings>();
        var rules = await settings.ReadAsync(_bed.Ada, Token);
        await settings.SaveAsync(_bed.Ada, rules, rules with { IsOn = false }, Token);

        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await MoveAsync(lead.Id, LeadStatus.Won);

        Assert.Empty(await EntriesAsync());
        Assert.False((await _bed.Get<PointQueries>().StandingAsync(_bed.Olena, null, Token)).IsOn);
    }

    [Fact]
    public async Task TenPeopleWinTheSameDealAtOnce_OneThousand()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var won = await _bed.StageAsync(LeadStatus.Won);

        await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => _bed.Get<LeadService>().MoveAsync(_bed.Nina, lead.Id, won, null, Token))
        );

        Assert.Equal(1_100, await PointsAsync(_bed.Olena));
    }

    [Fact]
    public async Task TheDatabaseItself_RefusesASecondEntry()
    {
        await _bed.LeadAsync(_bed.Olena, 1);
        var first = (await EntriesAsync()).Single();

        await Assert.ThrowsAsync<DbUpdateException>(() =>
            _bed.Get<HubDatabase>()
                .InTransactionAsync(
                    (db, _) =>
                    {
                        db.PointEntries.Add(
                            new PointEntry
                            {
                                UserId = _bed.Taras.UserId,
                                Points = 100,
                                Kind = PointKind.LeadCreated,
                                LeadId = first.LeadId,
                                Sequence = 1,
                                At = first.At,
                                ByName = "x",
                            }
                        );
                        return Task.CompletedTask;
                    },
                    Token
                )
        );
    }

    [Fact]
    public async Task MeaningOfAStageCorrected_IsNoSale()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await MoveAsync(lead.Id, LeadStatus.Contacted);
        var stage = await _bed.StageAsync(LeadStatus.Contacted);
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, token) =>
                {
                    await db
                        .Stages.Where(row => row.Id == stage)
                        .ExecuteUpdateAsync(row => row.SetProperty(entry => entry.Status, LeadStatus.Won), token);
                    await db
                        .Leads.Where(row => row.StageId == stage)
                        .ExecuteUpdateAsync(row => row.SetProperty(entry => entry.Status, LeadStatus.Won), token);
                },
                Token
            );

        Assert.Equal(100, await PointsAsync(_bed.Olena));
    }

    private async Task MoveAsync(Guid leadId, LeadStatus status)
    {
        await _bed.Get<LeadService>().MoveAsync(_bed.Ada, leadId, await _bed.StageAsync(status), null, Token);
    }

    private Task<List<PointEntry>> EntriesAsync() =>
        _bed.ReadAsync(db => db.PointEntries.OrderBy(entry => entry.Id).ToListAsync(Token));

    private async Task<int> PointsAsync(Actor person) =>
        (await _bed.Get<PointQueries>().StandingAsync(person, null, Token)).Points;
}
