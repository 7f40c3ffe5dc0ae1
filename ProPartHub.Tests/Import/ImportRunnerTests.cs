using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Privacy;
using ProPartHub.Domain.Timeline;
using ProPartHub.Domain.Transfer.Import;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Import;

public sealed class ImportRunnerTests : IAsyncLifetime
{
    private HubBed _bed = null!;
    private ImportBed _import = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _import = new ImportBed(_bed);
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Run_GoesOnWhereItDied_AndDoesNoRowTwice()
    {
        const int rows = (2 * ImportWork.BatchSize) + 50;
        var id = await StartedAsync(rows);
        var runner = _bed.Get<ImportRunner>();
        Assert.True(await runner.RunNextAsync(Token));

        // The next batch dies in the middle of its transaction: what it made is gone with it.
        await Assert.ThrowsAsync<NotSupportedException>(() =>
            _bed.Get<HubDatabase>()
                .InTransactionAsync(
                    async (db, token) =>
                    {
                        var import = await db.LeadImports.SingleAsync(row => row.Id == id, token);
                        Assert.False(await _bed.Get<ImportWork>().RunAsync(db, import, _bed.Nina, token));
                        await db.SaveChangesAsync(token);
                        Assert.Equal(2 * ImportWork.BatchSize, await db.Leads.CountAsync(token));
                        throw new NotSupportedException("The process is killed here.");
                    },
                    Token
                )
        );

        Assert.Equal((ImportWork.BatchSize, ImportState.Running), await StandsAsync(id));
        await _import.RunAsync();

        Assert.Equal((rows, ImportState.Done), await StandsAsync(id));
        Assert.Equal(rows, await _bed.ReadAsync(db => db.Leads.CountAsync(Token)));
        Assert.Equal(rows, await _bed.ReadAsync(db => db.LeadEvents.CountAsync(Token)));
        Assert.All(await _import.RowsAsync(id), row => Assert.Equal(ImportOutcome.Created, row.Outcome));
    }

    [Fact]
    public async Task Instances_DoNotWorkOnOneImportAtOnce()
    {
        var id = await StartedAsync(120);
        await using var db = await _bed.Get<IDbContextFactory<HubDbContext>>().CreateDbContextAsync(Token);
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM lead_imports WHERE id = {id} FOR UPDATE", Token);

        Assert.False(await _bed.Get<ImportRunner>().RunNextAsync(Token));

        await transaction.RollbackAsync(Token);
        Assert.True(await _bed.Get<ImportRunner>().RunNextAsync(Token));
    }

    [Fact]
    public async Task Stop_KeepsWhatWasDone_AndTouchesNothingMore()
    {
        var id = await StartedAsync(2 * ImportWork.BatchSize);
        await _bed.Get<ImportRunner>().RunNextAsync(Token);

        await _import.Imports.StopAsync(_bed.Nina, id, Token);
        await _import.RunAsync();

        Assert.Equal((ImportWork.BatchSize, ImportState.Done), await StandsAsync(id));
        Assert.Equal(ImportWork.BatchSize, await _bed.ReadAsync(db => db.Leads.CountAsync(Token)));
    }

    [Fact]
    public async Task Run_EndsWhenThePersonMayNoLongerImport()
    {
        var id = await StartedAsync(10);
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, token) =>
                    db
                        .Users.Where(user => user.Id == _bed.Nina.UserId)
                        .ExecuteUpdateAsync(user => user.SetProperty(row => row.IsActive, false), token),
                Token
            );

        await _import.RunAsync();

        Assert.Equal((0, ImportState.Done), await StandsAsync(id));
        Assert.Equal(0, await _bed.ReadAsync(db => db.Leads.CountAsync(Token)));
    }

    [Fact]
    public async Task Batch_IsOneMessageOfTheFeed()
    {
        await StartedAsync(ImportWork.BatchSize);
        _bed.Sql.Reset();

        await _bed.Get<ImportRunner>().RunNextAsync(Token);

        Assert.Single(_bed.Sql.Commands, command => command.Contains("pg_notify", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Undo_ArchivesNewLeads_AndGivesBackValues_ButForWhatSomebodyDidSince()
    {
        var old = await _bed.LeadAsync(_bed.Olena, 1);
        var touched = await _bed.LeadAsync(_bed.Olena, 2);
        var id = await _import.ImportAsync(
            _bed.Nina,
            "Name,Phone,Company\nНова,0501234561,\nПрацюють,0501234562,\nЗмінена,+380501000001,Acme\nІнша,+380501000002,Acme\n",
            DuplicatePolicy.Update
        );
        Assert.Equal((2, 2, 0, 0), await _import.CountsAsync(id));
        var rows = await _import.RowsAsync(id);
        await _bed.Get<CommentService>()
            .AddAsync(_bed.Nina, Guid.CreateVersion7(), rows[1].LeadId!.Value, "Дзвонив", null, Token);
        var now = LeadInput.From(await _bed.LoadAsync(touched.Id));
        await _bed.Get<LeadService>()
            .EditAsync(
                _bed.Olena,
                touched.Id,
                now,
                now with
                {
                    Company = "Globex",
                    ClientName = "Третя",
                },
                new HashSet<LeadField>(),
                Token
            );

        Assert.True(await _import.Imports.UndoAsync(_bed.Nina, id, Token));
        await _import.RunAsync();

        var import = await _import.LoadAsync(id);
        Assert.Equal((ImportState.Undone, 2, 2), (import.State, import.TakenBack, import.LeftAlone));
        Assert.NotNull((await _bed.LoadAsync(rows[0].LeadId!.Value)).ArchivedAt);
        Assert.Null((await _bed.LoadAsync(rows[1].LeadId!.Value)).ArchivedAt);
        Assert.Equal(("Клієнт 1", null), await NamesAsync(old.Id));
        Assert.Equal(("Третя", "Globex"), await NamesAsync(touched.Id));
        Assert.Equal(2, (await _import.Imports.LeftAloneAsync(_bed.Nina, id, 0, Token)).Count);
        Assert.False(await _import.Imports.UndoAsync(_bed.Nina, id, Token));
    }

    [Fact]
    public async Task Undo_OfALeadThatTwoRowsMade_TakesItAwayOnce()
    {
        var id = await _import.ImportAsync(
            _bed.Nina,
            "Name,Phone,Company\nПерша,0501234561,\nДруга,0501234561,Acme\n",
            DuplicatePolicy.Update
        );
        Assert.Equal((1, 1, 0, 0), await _import.CountsAsync(id));

        await _import.Imports.UndoAsync(_bed.Nina, id, Token);
        await _import.RunAsync();

        var import = await _import.LoadAsync(id);
        Assert.Equal((1, 0), (import.TakenBack, import.LeftAlone));
        Assert.NotNull((await _bed.ReadAsync(db => db.Leads.SingleAsync(Token))).ArchivedAt);
    }

    [Fact]
    public async Task Cells_GoAfterThirtyDays_AndFilesNobodyStartedAfterOne()
    {
        var done = await _import.ImportAsync(_bed.Nina, "Name,Phone\nOlga,0501234567\n");
        var draft = await _import.BeginAsync(_bed.Nina, "Name,Phone\nOlga,0501234567\n");

        _bed.Time.Advance(TimeSpan.FromHours(25));
        await _bed.Get<ImportRunner>().ForgetAsync(Token);

        Assert.False(await _bed.ReadAsync(db => db.LeadImports.AnyAsync(row => row.Id == draft, Token)));
        Assert.False(await _bed.ReadAsync(db => db.LeadImportFiles.AnyAsync(Token)));
        Assert.NotNull((await _import.RowsAsync(done))[0].Cells);

        _bed.Time.Advance(TimeSpan.FromDays(30));
        await _bed.Get<ImportRunner>().ForgetAsync(Token);

        var row = Assert.Single(await _import.RowsAsync(done));
        Assert.Equal((null, null, null), (row.Cells, row.Keys, row.Changes));
        Assert.Equal((1, 0, 0, 0), await _import.CountsAsync(done));
        Assert.False(await _import.Imports.UndoAsync(_bed.Nina, done, Token));
    }

    [Fact]
    public async Task Erasure_EmptiesRowsOfTheClient_AlsoThoseWithoutALead()
    {
        var id = await _import.ImportAsync(
            _bed.Nina,
            "Name,Phone\nOlga Secret,0501234567\nOlga S.,0501234567\nOther,0501234568\n"
        );
        var waiting = await _import.CheckAsync(_bed.Mark, "Name,Phone\nOlga Secret,0501234567\n");
        var lead = await _bed.LoadAsync((await _import.RowsAsync(id))[0].LeadId!.Value);
        var number = lead.Number.ToString(CultureInfo.InvariantCulture);

        await _bed.Get<ClientErasure>().EraseAsync(_bed.Ada, lead.Id, number, "Прохання", [lead.Id], Token);

        var rows = await _import.RowsAsync(id);
        Assert.All(rows.Take(2), row => Assert.Equal((null, null), (row.Cells, row.Keys)));
        Assert.Equal(["Other", "0501234568"], rows[2].Cells);
        // A file that waits holds the client in its bytes.
        Assert.False(await _bed.ReadAsync(db => db.LeadImports.AnyAsync(row => row.Id == waiting, Token)));
    }

    [Fact]
    public async Task Workbook_ThatCannotBeReadToItsEnd_GoesBackToItsColumns_WithTheReason()
    {
        var text = new StringBuilder("Name,Phone\n");
        for (var i = 0; i <= ImportLimits.Rows; i++)
        {
            text.Append("Name,1\n");
        }

        var id = await _import.CheckAsync(_bed.Nina, text.ToString());

        var import = await _import.LoadAsync(id);
        Assert.Equal((ImportState.Draft, FileTrouble.TooManyRows), (import.State, import.Trouble!.Value));
    }

    [Fact]
    public async Task Twins_AreFoundFarApart_AlsoWhereAnotherImportCameBetween_AndOnceMore()
    {
        const int rows = (2 * ImportWork.CheckSize) + 10;
        var first = await _import.BeginAsync(_bed.Nina, FileOf(rows) + "Ще раз,+380502000000\n");
        var other = await _import.BeginAsync(_bed.Mark, FileOf(ImportWork.CheckSize + 10));
        foreach (var time in new[] { "first", "second" })
        {
            await _import.Imports.CheckAsync(_bed.Nina, first, Token);
            await _import.Imports.CheckAsync(_bed.Mark, other, Token);
            // By turns: whichever has waited longest.
            await _import.RunAsync();

            var planned = await _import.RowsAsync(first);
            Assert.True(planned.Take(rows).All(row => row.Plan == ImportOutcome.Created), time);
            var twin = planned[^1];
            Assert.Equal(ImportOutcome.Skipped, twin.Plan);
            Assert.Equal((ImportFaultCode.SameInFile, 2), (twin.Faults.Single().Code, twin.Faults.Single().Row!.Value));
            Assert.All(await _import.RowsAsync(other), row => Assert.Equal(ImportOutcome.Created, row.Plan));
        }
    }

    private static string FileOf(int count)
    {
        var text = new StringBuilder("Name,Phone\n");
        for (var i = 0; i < count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"Клієнт {i},+38050{2000000 + i}\n");
        }

        return text.ToString();
    }

    private async Task<Guid> StartedAsync(int count)
    {
        var id = await _import.CheckAsync(_bed.Nina, FileOf(count));
        await _import.Imports.StartAsync(_bed.Nina, id, Token);
        return id;
    }

    private async Task<(int, ImportState)> StandsAsync(Guid id)
    {
        var import = await _import.LoadAsync(id);
        return (import.Processed, import.State);
    }

    private async Task<(string, string?)> NamesAsync(Guid leadId)
    {
        var lead = await _bed.LoadAsync(leadId);
        return (lead.ClientName, lead.Company);
    }
}
