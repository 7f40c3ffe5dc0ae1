using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Shared;
using Xunit;

namespace ProPartHub.Tests.Web.Shared;

/// <summary>
/// What a page read while prerendering is for one circuit of the same person, which misses nothing; and nothing a page waits long for.
/// </summary>
public sealed class PrerenderedPagesTests : IDisposable
{
    private static readonly Actor Olena = new(Guid.NewGuid(), "Олена", Role.Agent, Guid.NewGuid());

    private readonly FakeTimeProvider _clock = new();
    private readonly AgencySignal _agency = new();
    private readonly LeadFeed _feed;
    private readonly PrerenderedPages _pages;

    public PrerenderedPagesTests()
    {
        _feed = new(_clock, NullLogger<LeadFeed>.Instance);
        _pages = new(_feed, _agency, _clock);
    }

    public void Dispose() => _pages.Dispose();

    [Fact]
    public async Task WhatWasRead_IsTakenOnce()
    {
        var key = await ReadAsync();

        Assert.Equal("rows", _pages.Take<string>(key, Olena)?.Page);
        Assert.Null(_pages.Take<string>(key, Olena));
    }

    [Fact]
    public async Task WhatChangesWhileItReadsAndAfter_WaitsForTheCircuit()
    {
        var lead = Guid.NewGuid();
        var key = await _pages.ReadAsync(
            Olena,
            () =>
            {
                _feed.Publish(new FeedMessage { LeadId = lead, AgentId = Olena.UserId });
                return Task.CompletedTask;
            },
            () => "rows"
        );
        _feed.Publish(new FeedMessage { LeadId = lead, AgentId = Olena.UserId });

        Assert.Equal(2, _pages.Take<string>(key, Olena)?.Joined?.Waiting);
    }

    // Stages, settings and the like have no place in the feed: the circuit reads again.
    [Fact]
    public async Task WhatChangesBesideLeads_HasTheCircuitReadAgain()
    {
        var key = await ReadAsync();
        _agency.Hear(nameof(AgencyTopic.Settings));

        Assert.Equal(new PrerenderedPage<string>("rows", null), _pages.Take<string>(key, Olena));
        Assert.Equal(0, _feed.Subscribers);
    }

    public static TheoryData<Actor> Others =>
        new()
        {
            Olena with
            {
                UserId = Guid.NewGuid(),
            },
            Olena with
            {
                Role = Role.Manager,
            },
            Olena with
            {
                TeamId = Guid.NewGuid(),
            },
            Olena with
            {
                ViewerId = Guid.NewGuid(),
            },
        };

    [Theory]
    [MemberData(nameof(Others))]
    public async Task OthersRights_GetNothing(Actor other)
    {
        var key = await ReadAsync();

        Assert.Null(_pages.Take<string>(key, other));
        Assert.Equal(0, _feed.Subscribers);
    }

    [Fact]
    public async Task WhatIsNotThere_IsNothing()
    {
        var key = await ReadAsync();

        Assert.Null(_pages.Take<string>(null, Olena));
        Assert.Null(_pages.Take<string>(Guid.NewGuid(), Olena));
        Assert.Null(_pages.Take<Version>(key, Olena));
        Assert.Null(await _pages.ReadAsync(Olena, () => Task.CompletedTask, () => null));
        Assert.Equal(0, _feed.Subscribers);
    }

    [Fact]
    public async Task Reading_IsWaitedForAWhile()
    {
        var never = new TaskCompletionSource();
        var key = _pages.ReadAsync(Olena, () => never.Task, () => "rows");

        _clock.Advance(PrerenderedPages.Patience - TimeSpan.FromMilliseconds(1));
        Assert.False(key.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Null(await key);
        Assert.Equal(0, _feed.Subscribers);
    }

    [Fact]
    public async Task Reading_WithoutADatabase_IsNone_AndOtherFailuresAreTold()
    {
        Assert.Null(await FailAsync(new NpgsqlException("", new IOException())));
        await Assert.ThrowsAsync<InvalidOperationException>(() => FailAsync(new InvalidOperationException()));
        Assert.Equal(0, _feed.Subscribers);
    }

    private Task<Guid?> ReadAsync() => _pages.ReadAsync(Olena, () => Task.CompletedTask, () => "rows");

    private Task<Guid?> FailAsync(Exception failure) =>
        _pages.ReadAsync(Olena, () => Task.FromException(failure), () => "rows");
}
