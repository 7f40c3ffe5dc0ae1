using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Leads;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Boards;

/// <summary>What a day has brought, of what each reader may see and the board's filter leaves.</summary>
public sealed class BoardTodayTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task EachLead_CountsOnce_AndOnlyWhatHappenedSince()
    {
        var moved = await _bed.LeadAsync(_bed.Olena, 1);
        var won = await _bed.LeadAsync(_bed.Olena, 2);
        await _bed.LeadAsync(_bed.Olena, 3);
        var theirs = await _bed.LeadAsync(_bed.James, 4);
        _bed.Time.Advance(TimeSpan.FromDays(1));
        var since = _bed.Time.GetUtcNow();
        _bed.Time.Advance(TimeSpan.FromHours(1));
        await MoveAsync(moved.Id, LeadStatus.Contacted);
        await MoveAsync(moved.Id, LeadStatus.Qualified);
        await MoveAsync(won.Id, LeadStatus.Won);
        await MoveAsync(theirs.Id, LeadStatus.Won);
        await _bed.LeadAsync(_bed.Taras, 5);

        Assert.Equal(new BoardToday(1, 1, 2), await ReadAsync(_bed.Nina));
        Assert.Equal(new BoardToday(0, 1, 2), await ReadAsync(_bed.Olena));
        Assert.Equal(new BoardToday(1, 2, 3), await ReadAsync(_bed.Ada));
        Assert.Equal(
            new BoardToday(1, 0, 0),
            await ReadAsync(_bed.Ada, new LeadListQuery { AgentIds = [_bed.Taras.UserId] })
        );

        // Columns of people leave won leads out; the day has brought them all the same.
        Assert.Equal(1, (await ReadAsync(_bed.Nina, grouping: BoardGrouping.Agent)).Won);

        async Task<BoardToday> ReadAsync(
            Domain.People.Actor actor,
            LeadListQuery? filter = null,
            BoardGrouping grouping = BoardGrouping.Stage
        ) => await _bed.Get<BoardQueries>().TodayAsync(actor, await _bed.BoardAsync(grouping, filter), since, Token);
    }

    private async Task MoveAsync(Guid leadId, LeadStatus status) =>
        await _bed.Get<LeadService>().MoveAsync(_bed.Ada, leadId, await _bed.StageAsync(status), null, Token);
}
