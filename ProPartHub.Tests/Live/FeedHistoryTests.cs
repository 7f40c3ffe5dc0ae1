using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Live;

public sealed class FeedHistoryTests : IAsyncLifetime
{
    private HubBed _bed = null!;
    private FeedHistory _history = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Cancel);
        _history = new FeedHistory(_bed.Get<HubDatabase>());
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task LowerIdThatCommitsLater_IsNotLost()
    {
        var (slow, quick) = ((await _bed.LeadAsync(_bed.Olena, 1)).Id, (await _bed.LeadAsync(_bed.Olena, 2)).Id);
        var position = await CalmPositionAsync();
        var (written, mayCommit) = (new TaskCompletionSource<long>(), new TaskCompletionSource());
        var slowWrite = _bed.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, token) =>
                {
                    var entry = Event(slow, _bed.Olena);
                    db.LeadEvents.Add(entry);
                    await db.SaveChangesAsync(token);
                    written.SetResult(entry.Id);
                    await mayCommit.Task;
                },
                Cancel
            );
        var slowId = await written.Task.WaitAsync(Cancel);
        await WriteAsync(Event(quick, _bed.Olena));

        // A reader that remembers the highest id it saw stands above the slow one already.
        var naive = await _bed.ReadAsync(db => db.LeadEvents.MaxAsync(entry => entry.Id, Cancel));
        var early = await _history.SinceAsync(_bed.Olena, position, Cancel);
        mayCommit.SetResult();
        await slowWrite;
        var late = await _history.SinceAsync(_bed.Olena, early.Position, Cancel);

        Assert.True(slowId < naive);
        Assert.DoesNotContain(slow, await _bed.ReadAsync(db => LeadsAboveAsync(db, naive)));
        Assert.Equal([quick], early.Batch.Changes.Select(change => change.LeadId));
        Assert.Contains(slow, late.Batch.Changes.Select(change => change.LeadId));
    }

    // Other tests' transactions hold the position back for a while: it counts the whole server.
    [Fact]
    public async Task Position_MovesOn_SoThatOldEventsAreNotReadForEver()
    {
        var position = await _history.PositionAsync(Cancel);
        var lead = await _bed.LeadAsync(_bed.Olena, 1);

        var answer = await _history.SinceAsync(_bed.Olena, position, Cancel);
        Assert.Equal(lead.Id, Assert.Single(answer.Batch.Changes).LeadId);
        await Eventually.IsAsync(
            async () =>
            {
                answer = await _history.SinceAsync(_bed.Olena, answer.Position, Cancel);
                return answer.Batch.Changes.Count == 0;
            },
            Cancel
        );

        Assert.False(answer.Batch.MustRefresh);
    }

    // It does not read what an event changed, so it must not say that figures stayed.
    [Fact]
    public async Task WhatWasMissed_MayHaveMovedFigures()
    {
        var lead = (await _bed.LeadAsync(_bed.Olena, 1)).Id;
        var position = await CalmPositionAsync();
        await WriteAsync(Event(lead, _bed.Olena));

        var missed = await _history.SinceAsync(_bed.Olena, position, Cancel);

        Assert.Equal([LeadEventKind.Edited], Assert.Single(missed.Batch.Changes).Kinds);
        Assert.False(missed.Batch.Changes[0].KeepsFigures);
    }

    [Fact]
    public async Task EveryRole_IsToldOnlyOfWhatItMaySee()
    {
        var position = await _history.PositionAsync(Cancel);
        var (north, south) = ((await _bed.LeadAsync(_bed.Olena, 1)).Id, (await _bed.LeadAsync(_bed.James, 2)).Id);

        Assert.Equal([north], await ToldAsync(_bed.Olena));
        Assert.Empty(await ToldAsync(_bed.Taras));
        Assert.Equal([north], await ToldAsync(_bed.Nina));
        Assert.Equal([south], await ToldAsync(_bed.James));
        Assert.Equal([south], await ToldAsync(_bed.Mark));
        Assert.Equal([north, south], await ToldAsync(_bed.Ada));

        async Task<IEnumerable<Guid>> ToldAsync(Actor actor) =>
            (await _history.SinceAsync(actor, position, Cancel)).Batch.Changes.Select(change => change.LeadId);
    }

    [Fact]
    public async Task TooMany_BecomeRefresh_ButOnlyForThoseTheyConcern()
    {
        var lead = (await _bed.LeadAsync(_bed.James, 1)).Id;
        var position = await CalmPositionAsync();
        await WriteAsync([.. Enumerable.Repeat(0, FeedHistory.MostEvents + 1).Select(_ => Event(lead, _bed.James))]);

        Assert.True((await _history.SinceAsync(_bed.James, position, Cancel)).Batch.MustRefresh);
        var olena = await _history.SinceAsync(_bed.Olena, position, Cancel);
        Assert.False(olena.Batch.MustRefresh);
        Assert.Empty(olena.Batch.Changes);
    }

    /// <summary>A position above everything written so far, once no older transaction of another test runs.</summary>
    private async Task<ulong> CalmPositionAsync()
    {
        var newest = await _bed.ReadAsync(db => db.LeadEvents.MaxAsync(entry => entry.TransactionId, Cancel));
        ulong position = 0;
        await Eventually.IsAsync(async () => (position = await _history.PositionAsync(Cancel)) > newest, Cancel);
        return position;
    }

    private Task WriteAsync(params LeadEvent[] events) =>
        _bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.LeadEvents.AddRange(events);
                    return Task.CompletedTask;
                },
                Cancel
            );

    private static Task<List<Guid>> LeadsAboveAsync(HubDbContext db, long id) =>
        db.LeadEvents.Where(entry => entry.Id > id).Select(entry => entry.LeadId).ToListAsync(Cancel);

    private LeadEvent Event(Guid leadId, Actor agent) =>
        new()
        {
            LeadId = leadId,
            Kind = LeadEventKind.Edited,
            Origin = ChangeOrigin.Portal,
            OccurredAt = _bed.Time.GetUtcNow(),
            ActorName = agent.Name,
            AgentId = agent.UserId,
            TeamId = agent.TeamId,
        };
}
