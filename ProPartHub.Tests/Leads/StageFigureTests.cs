using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Boards;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Leads;

/// <summary>The figures that the database keeps always equal what a count would say, whatever changes the leads.</summary>
public sealed class StageFigureTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LeadService Leads => _bed.Get<LeadService>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task EveryKindOfChange_KeepsThemRight()
    {
        var contacted = await _bed.StageAsync(LeadStatus.Contacted);
        var leads = new List<Guid>();
        for (var number = 1; number <= 4; number++)
        {
            leads.Add((await _bed.LeadAsync(number % 2 == 0 ? _bed.Olena : _bed.James, number)).Id);
        }

        (string What, Func<Task> Change)[] changes =
        [
            ("created", () => Task.CompletedTask),
            ("both ends", () => BudgetAsync(leads[0], 100_000, 250_000, "USD")),
            ("open end", () => BudgetAsync(leads[1], 70_000, null, "USD")),
            ("other currency", () => BudgetAsync(leads[2], 90_000, 95_000, "EUR")),
            ("moved", () => Leads.MoveAsync(_bed.Ada, leads[0], contacted, null, Token)),
            ("other team", () => Leads.TransferAsync(_bed.Ada, leads[0], _bed.Taras.UserId, null, Token)),
            ("pool", () => Leads.TransferAsync(_bed.Ada, leads[1], null, null, Token)),
            ("archived", () => Leads.ArchiveAsync(_bed.Ada, leads[0], Token)),
            ("restored", () => Leads.RestoreAsync(_bed.Ada, leads[0], Token)),
            ("less", () => BudgetAsync(leads[0], 1, 2, "USD")),
            ("deleted", () => WriteAsync(db => db.Leads.Where(lead => lead.Id == leads[3]).ExecuteDeleteAsync())),
            (
                "many at once",
                () => WriteAsync(db => db.Leads.ExecuteUpdateAsync(row => row.SetProperty(x => x.StageId, contacted)))
            ),
        ];
        foreach (var (what, change) in changes)
        {
            await change();
            await AssertRightAsync(what);
        }
    }

    [Fact]
    public async Task Folding_LeavesOneRowForEachStageAndAgent_AndTheSameFigures()
    {
        for (var number = 1; number <= 5; number++)
        {
            var lead = await _bed.LeadAsync(number < 4 ? _bed.Olena : _bed.James, number);
            await Leads.MoveAsync(_bed.Ada, lead.Id, await _bed.StageAsync(LeadStatus.Contacted), null, Token);
        }

        Assert.True(await RowsAsync() > 10);
        await Task.WhenAll(FoldAsync(), FoldAsync());
        await FoldAsync();

        Assert.Equal(2, await RowsAsync());
        await AssertRightAsync("folded");
    }

    [Fact]
    public async Task RolledBackChange_LeavesNoTrace()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            WriteAsync(async db =>
            {
                await db.Leads.Where(row => row.Id == lead.Id).ExecuteDeleteAsync();
                throw new InvalidOperationException("Changed its mind.");
            })
        );

        await AssertRightAsync("rolled back");
    }

    private Task FoldAsync() => _bed.Get<StageFigureFolding>().FoldAsync(Token);

    private Task<int> RowsAsync() => _bed.ReadAsync(db => db.StageFigures.CountAsync());

    private Task WriteAsync(Func<HubDbContext, Task> write) =>
        _bed.Get<HubDatabase>().InTransactionAsync((db, _) => write(db), Token);

    private Task BudgetAsync(Guid id, decimal? from, decimal? to, string currency) =>
        WriteAsync(db =>
            db.Leads.Where(lead => lead.Id == id)
                .ExecuteUpdateAsync(row =>
                    row.SetProperty(lead => lead.BudgetFrom, from)
                        .SetProperty(lead => lead.BudgetTo, to)
                        .SetProperty(lead => lead.Currency, currency)
                )
        );

    // The filtered board counts the leads themselves: a filter that leaves everybody in makes it the measure.
    private async Task AssertRightAsync(string what)
    {
        var everything = new LeadListQuery { Statuses = Enum.GetValues<LeadStatus>() };
        foreach (var actor in new Actor[] { _bed.Ada, _bed.Nina, _bed.Mark, _bed.Olena, _bed.James })
        {
            var boards = _bed.Get<BoardQueries>();
            var kept = await boards.ColumnsAsync(actor, await _bed.BoardAsync(BoardGrouping.Stage), Token);
            var counted = await boards.ColumnsAsync(
                actor,
                await _bed.BoardAsync(BoardGrouping.Stage, everything),
                Token
            );
            Assert.True(counted.SequenceEqual(kept), $"{what}, as {actor.Name}");
            Assert.Equal(
                counted.Sum(column => column.Count),
                (await _bed.Get<LeadQueries>().CountAsync(actor, new LeadListQuery(), Token)).Value
            );
        }
    }
}
