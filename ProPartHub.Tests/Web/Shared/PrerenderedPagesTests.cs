using Microsoft.Extensions.Time.Testing;
using Npgsql;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Shared;
using Xunit;

namespace ProPartHub.Tests.Web.Shared;

/// <summary>What a page read while prerendering is for one circuit of the same person, and nothing a page waits long for.</summary>
public sealed class PrerenderedPagesTests : IDisposable
{
    private static readonly Actor Olena = new(Guid.NewGuid(), "Олена", Role.Agent, Guid.NewGuid());

    private readonly FakeTimeProvider _clock = new();
    private readonly PrerenderedPages _pages;

    public PrerenderedPagesTests() => _pages = new(_clock);

    public void Dispose() => _pages.Dispose();

    [Fact]
    public void WhatWasRead_IsTakenOnce()
    {
        var key = _pages.Keep(Olena, "rows");

        Assert.Equal("rows", _pages.Take<string>(key, Olena));
        Assert.Null(_pages.Take<string>(key, Olena));
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
    public void OthersRights_GetNothing(Actor other)
    {
        var key = _pages.Keep(Olena, "rows");

        Assert.Null(_pages.Take<string>(key, other));
    }

    [Fact]
    public void WhatIsNotThere_IsNothing()
    {
        var key = _pages.Keep(Olena, "rows");

        Assert.Null(_pages.Take<string>(null, Olena));
        Assert.Null(_pages.Take<string>(Guid.NewGuid(), Olena));
        Assert.Null(_pages.Take<Version>(key, Olena));
    }

    [Fact]
    public async Task Reading_IsWaitedForAWhile()
    {
        var reading = new TaskCompletionSource();
        var isRead = _pages.IsReadAsync(reading.Task);

        _clock.Advance(PrerenderedPages.Patience - TimeSpan.FromMilliseconds(1));
        Assert.False(isRead.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.False(await isRead);
    }

    [Fact]
    public async Task Reading_WithoutADatabase_IsNone()
    {
        Assert.True(await _pages.IsReadAsync(Task.CompletedTask));
        Assert.False(await _pages.IsReadAsync(Task.FromException(new NpgsqlException("", new IOException()))));
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            _pages.IsReadAsync(Task.FromException(new InvalidOperationException()))
        );
    }
}
