using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>HubSpot's owners beside the hub's people: who is listed, counted and found.</summary>
public sealed class OwnerMappingQueryTests : IAsyncLifetime
{
    private SyncDesk _desk = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Actor Ada => _desk.Bed.Ada;

    private OwnerMappingQueries Owners => _desk.Get<OwnerMappingQueries>();

    public async ValueTask InitializeAsync()
    {
        _desk = await SyncDesk.CreateAsync(Token);
        await _desk.OwnerAsync("1", "Olena G.", "olena@hubspot.example.com", linkTo: _desk.Bed.Olena.UserId);
        await _desk.OwnerAsync("2", "Якась Людина", "Some_One@example.com");
        await _desk.OwnerAsync("3", "Gone", null, isArchived: true);
        await _desk.ChangeAsync(async db =>
            (await db.Users.SingleAsync(user => user.Id == _desk.Bed.Mark.UserId, Token)).IsActive = false
        );
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task All_ThoseWithoutAMatchFirst_ArchivedLast_SwitchedOffPeopleWithoutAnOwnerNotAtAll() =>
        Assert.Equal(
            [
                ("2", null),
                (null, "Ніна Коваль"),
                (null, "Тарас Вовк"),
                (null, "Ada Byron"),
                (null, "James Reed"),
                ("1", "Олена Гнатюк"),
                ("3", null),
            ],
            (await PageAsync(OwnerFilter.All)).Select(row => (row.OwnerId, row.UserName)).ToList()
        );

    [Fact]
    public async Task Filters_AgreeWithTheCounts()
    {
        var counts = await Owners.CountsAsync(Ada, Token);

        Assert.Equal((1, 1, 4), (counts.Matched, counts.OnlyHubSpot, counts.OnlyHere));
        Assert.Equal("1", Assert.Single(await PageAsync(OwnerFilter.Matched)).OwnerId);
        Assert.Equal("2", Assert.Single(await PageAsync(OwnerFilter.OnlyHubSpot)).OwnerId);
        Assert.Equal(4, (await PageAsync(OwnerFilter.OnlyHere)).Count);
    }

    [Theory]
    [InlineData("якась", "2")]
    [InlineData("ЛЮДИНА", "2")]
    [InlineData("some_one", "2")]
    [InlineData("some%one", null)]
    [InlineData("гнатюк", "1")]
    [InlineData("olena@example", "1")]
    [InlineData("О. Гн", "1")]
    public async Task Search_FindsNamesMailsAndAliasesOfBothSides(string search, string? ownerId)
    {
        await _desk.Get<OwnerAliases>().AddAsync(Ada, _desk.Bed.Olena.UserId, "О. Гн-к", Token);

        var found = await PageAsync(OwnerFilter.All, search);

        Assert.Equal(ownerId is null ? [] : [ownerId], found.Select(row => row.OwnerId));
    }

    [Fact]
    public async Task Counts_TellThePoolUnknownNamesAndMismatches()
    {
        await _desk.DealAsync(1, null, AgentDesk.Deal(responsible: "Хтось"));
        var archived = await _desk.DealAsync(2, null, AgentDesk.Deal());
        await _desk.ChangeAsync(async db =>
            (await db.Leads.SingleAsync(lead => lead.Id == archived, Token)).ArchivedAt = _desk.Bed.Time.GetUtcNow()
        );
        await _desk.DealAsync(3, _desk.Bed.Taras, AgentDesk.Deal(owner: "1"));
        await _desk.DealAsync(4, _desk.Bed.Taras, AgentDesk.Deal(owner: "1"));

        var counts = await Owners.CountsAsync(Ada, Token);

        Assert.Equal((1, 1, 2), (counts.Pool, counts.UnknownNames, counts.Mismatched));
    }

    [Fact]
    public async Task FiveHundredOwners_ComeByPages_WithFewCommands()
    {
        await _desk.ChangeAsync(db =>
        {
            db.HubSpotOwners.AddRange(
                Enumerable.Range(100, 500).Select(id => new HubSpotOwner { Id = $"{id}", Name = $"Власник {id}" })
            );
            return Task.CompletedTask;
        });
        _desk.Bed.Sql.Reset();

        var last = await Owners.PageAsync(Ada, OwnerFilter.OnlyHubSpot, "Власник", 99, Token);

        Assert.Equal(2, _desk.Bed.Sql.Commands.Count);
        Assert.Equal((25, 500, 20, "Власник 599"), (last.Number, last.Total, last.Rows.Count, last.Rows[^1].OwnerName));
        _desk.Bed.Sql.Reset();
        await Owners.CountsAsync(Ada, Token);
        Assert.Equal(7, _desk.Bed.Sql.Commands.Count);
    }

    [Fact]
    public async Task Owners_AreForAdminsAlone()
    {
        foreach (var actor in new[] { _desk.Bed.Olena, _desk.Bed.Nina })
        {
            await Assert.ThrowsAsync<ForbiddenException>(() =>
                Owners.PageAsync(actor, OwnerFilter.All, null, 1, Token)
            );
            await Assert.ThrowsAsync<ForbiddenException>(() => Owners.CountsAsync(actor, Token));
        }
    }

    private async Task<IReadOnlyList<OwnerRow>> PageAsync(OwnerFilter filter, string? search = null) =>
        (await Owners.PageAsync(Ada, filter, search, 1, Token)).Rows;
}
