using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Timeline;

/// <summary>A deleted comment comes back by whoever deleted it, within a day, and that is on record.</summary>
public sealed class CommentReturnTests : IAsyncLifetime
{
    private readonly Guid _comment = Guid.CreateVersion7();
    private HubBed _bed = null!;
    private Guid _lead;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private CommentService Comments => _bed.Get<CommentService>();

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _lead = (await _bed.LeadAsync(_bed.Olena, 1)).Id;
        await Comments.AddAsync(_bed.Olena, _comment, _lead, "Питала про вид", null, Token);
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task OwnDeletion_IsTakenBackOnce_AndRecorded()
    {
        await Comments.DeleteAsync(_bed.Olena, _comment, Token);
        Assert.True(await Comments.RestoreAsync(_bed.Olena, _comment, Token));
        Assert.True(await Comments.RestoreAsync(_bed.Olena, _comment, Token));

        Assert.Equal("Питала про вид", Assert.Single(await ShownAsync()).Body);
        var entry = Assert.Single(
            await _bed.ReadAsync(db => db.LeadEvents.Where(row => row.SubjectId == _comment).ToListAsync()),
            row => row.Kind is LeadEventKind.CommentRestored
        );
        Assert.Equal(_bed.Olena.UserId, entry.ActorId);
        Assert.Equal([new FieldChange(FieldChange.Comment, null, "Питала про вид")], entry.Changes);
        Assert.Equal(1, await _bed.ReadAsync(db => db.Outbox.CountAsync(row => row.SubjectId == _comment)));
    }

    [Fact]
    public async Task AdminsDeletion_IsTheAdminsToTakeBack()
    {
        await Comments.DeleteAsync(_bed.Ada, _comment, Token);

        await Assert.ThrowsAsync<ForbiddenException>(() => Comments.RestoreAsync(_bed.Olena, _comment, Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => Comments.RestoreAsync(_bed.Nina, _comment, Token));
        Assert.Empty(await ShownAsync());
        Assert.True(await Comments.RestoreAsync(_bed.Ada, _comment, Token));
        Assert.Single(await ShownAsync());
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task AfterADay_ItIsTooLate(int seconds, bool isBack)
    {
        await Comments.DeleteAsync(_bed.Olena, _comment, Token);
        _bed.Time.Advance(CommentService.RestoredWithin + TimeSpan.FromSeconds(seconds));

        Assert.Equal(isBack, await Comments.RestoreAsync(_bed.Olena, _comment, Token));
        Assert.Equal(isBack ? 1 : 0, (await ShownAsync()).Count);
    }

    [Fact]
    public async Task WhatHubSpotsPeopleDeleted_StaysDeleted()
    {
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, token) =>
                    (await db.Comments.SingleAsync(row => row.Id == _comment, token)).DeletedAt = _bed.Time.GetUtcNow(),
                Token
            );

        Assert.False(await Comments.RestoreAsync(_bed.Olena, _comment, Token));
        Assert.Empty(await ShownAsync());
    }

    private async Task<IReadOnlyList<CommentView>> ShownAsync() =>
        [
            .. (
                await _bed.Get<TimelineQueries>().PageAsync(_bed.Olena, _lead, TimelineKinds.Comments, null, 50, Token)
            ).Entries.Select(entry => entry.Comment!),
        ];
}
