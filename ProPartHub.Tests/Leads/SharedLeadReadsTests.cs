using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Leads;

/// <summary>Many pages that ask for a row at once share a command, and none gets a row older than its question.</summary>
public sealed class SharedLeadReadsTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LeadQueries Queries => _bed.Get<LeadQueries>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task QuestionsDuringARead_ShareTheNextOne()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var other = await _bed.LeadAsync(_bed.James, 2);
        await using var locked = await LockLeadsAsync();
        _bed.Sql.Reset();
        var first = AskAsync(_bed.Olena, lead.Id);
        while (_bed.Sql.Commands.Count == 0)
        {
            await Task.Delay(10, Token);
        }

        var later = Enumerable.Range(0, 50).Select(n => AskAsync(_bed.Ada, n % 2 == 0 ? lead.Id : other.Id)).ToList();
        await locked.DisposeAsync();

        Assert.Equal(lead.Id, Assert.Single(await first).Id);
        Assert.All(await Task.WhenAll(later), rows => Assert.Single(rows));
        Assert.Equal(2, _bed.Sql.Commands.Count);
    }

    [Fact]
    public async Task QuestionAfterAChange_IsNotAnsweredByAReadThatBeganBefore()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        for (var round = 0; round < 50; round++)
        {
            var early = AskAsync(_bed.Olena, lead.Id);
            var note = $"Назва {round}";
            await _bed.Get<HubDatabase>()
                .InTransactionAsync(
                    (db, token) => db.Leads.ExecuteUpdateAsync(row => row.SetProperty(x => x.ClientName, note), token),
                    Token
                );

            Assert.Equal(note, Assert.Single(await AskAsync(_bed.Olena, lead.Id)).ClientName);
            await early;
        }
    }

    [Fact]
    public async Task ReaderWhoLeaves_DoesNotTakeTheOthersAnswerAway()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        using var leaving = new CancellationTokenSource();
        await using var locked = await LockLeadsAsync();
        var gone = Queries.RowsAsync(_bed.Ada, [lead.Id], new LeadListQuery(), leaving.Token);
        var stays = AskAsync(_bed.Ada, lead.Id);

        await leaving.CancelAsync();
        await locked.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.Single(await stays);
    }

    [Fact]
    public async Task ReadThatFails_FailsForWhoAsked_AndTheNextOneWorks()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await RenameTableAsync("leads", "hidden_leads");

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => AskAsync(_bed.Olena, lead.Id));
        await RenameTableAsync("hidden_leads", "leads");

        Assert.Single(await AskAsync(_bed.Olena, lead.Id));
    }

    [Fact]
    public async Task ArchivedLead_IsInTheArchiveOnly()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await _bed.Get<LeadService>().ArchiveAsync(_bed.Olena, lead.Id, Token);

        Assert.Empty(await AskAsync(_bed.Olena, lead.Id));
        Assert.Single(await Queries.RowsAsync(_bed.Olena, [lead.Id], new LeadListQuery { Archived = true }, Token));
    }

    private Task<IReadOnlyList<LeadRow>> AskAsync(Domain.People.Actor actor, Guid leadId) =>
        Queries.RowsAsync(actor, [leadId], new LeadListQuery(), Token);

    private Task RenameTableAsync(string from, string to) =>
#pragma warning disable EF1002 // Both names are the test's own.
        _bed.ReadAsync(db => db.Database.ExecuteSqlRawAsync($"ALTER TABLE {from} RENAME TO {to}"));
#pragma warning restore EF1002

    // Holds every read of leads until it is disposed.
    private async Task<IAsyncDisposable> LockLeadsAsync()
    {
        var connection = new Npgsql.NpgsqlConnection(_bed.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new Npgsql.NpgsqlCommand("BEGIN; LOCK TABLE leads", connection);
        await command.ExecuteNonQueryAsync(Token);
        return connection;
    }
}
