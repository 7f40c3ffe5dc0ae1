using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using Xunit;

namespace ProPartHub.Tests.Accounts;

public sealed class PeopleDirectoryTests : IAsyncLifetime
{
    private PeopleBed _people = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeopleDirectory Directory => _people.Get<PeopleDirectory>();

    public async ValueTask InitializeAsync() => _people = await PeopleBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _people.DisposeAsync();

    [Fact]
    public async Task Admin_SeesEverybody_ManagerTheTeam_AgentNobody()
    {
        Assert.Equal(6, (await Directory.PageAsync(_people.Bed.Ada, new(), Token)).Total);
        Assert.Equal(
            ["Ніна Коваль", "Олена Гнатюк", "Тарас Вовк"],
            (await Directory.PageAsync(_people.Bed.Nina, new(), Token)).Rows.Select(row => row.DisplayName)
        );
        await Assert.ThrowsAsync<ForbiddenException>(() => Directory.PageAsync(_people.Bed.Olena, new(), Token));
        await Assert.ThrowsAsync<ForbiddenException>(() =>
            Directory.PersonAsync(_people.Bed.Olena, _people.Bed.Olena.UserId, Token)
        );
    }

    [Fact]
    public async Task PersonOfAnotherTeam_IsNotThereForAManager()
    {
        var olena = _people.Bed.Olena.UserId;

        await Assert.ThrowsAsync<NotFoundException>(() => Directory.PersonAsync(_people.Bed.Mark, olena, Token));
        Assert.Equal("Олена Гнатюк", (await Directory.PersonAsync(_people.Bed.Nina, olena, Token)).DisplayName);
    }

    [Fact]
    public async Task ManagerWithoutATeam_SeesOnlyThemself()
    {
        var leaderless = _people.Bed.Nina with { TeamId = null };

        Assert.Equal(leaderless.UserId, Assert.Single((await Directory.PageAsync(leaderless, new(), Token)).Rows).Id);
    }

    [Theory]
    [InlineData("гнат", "Олена Гнатюк")]
    [InlineData("TARAS", "Тарас Вовк")]
    [InlineData("james@example", "James Reed")]
    [InlineData("%", null)]
    [InlineData("_", null)]
    [InlineData("'; DROP TABLE users; --", null)]
    public async Task Search_FindsByNameUserNameAndMail_AndTakesSignsAsTheyAre(string typed, string? found)
    {
        var rows = (await Directory.PageAsync(_people.Bed.Ada, new(typed), Token)).Rows;

        Assert.Equal(found is null ? [] : [found], rows.Select(row => row.DisplayName));
    }

    [Fact]
    public async Task Role_Filters_AndLeadsAreCountedWithoutTheArchive()
    {
        await _people.Bed.LeadAsync(_people.Bed.Olena, 1);
        var archived = await _people.Bed.LeadAsync(_people.Bed.Olena, 2);
        await _people.Bed.Get<ProPartHub.Domain.Leads.LeadService>().ArchiveAsync(_people.Bed.Ada, archived.Id, Token);

        var agents = (await Directory.PageAsync(_people.Bed.Ada, new(Role: Role.Agent), Token)).Rows;

        Assert.Equal([("James Reed", 0), ("Олена Гнатюк", 1), ("Тарас Вовк", 0)], ByName(agents));
    }

    [Theory]
    [InlineData("гнат", "Олена Гнатюк")]
    [InlineData("гнатюк олена", "Олена Гнатюк")]
    [InlineData("jktyf", "Олена Гнатюк")]
    [InlineData("офьуы", "James Reed")]
    [InlineData("taras@", "Тарас Вовк")]
    [InlineData("%%", null)]
    [InlineData("т", null)]
    public async Task Find_TakesEveryWord_AndTheOtherLayout_InOneCommand(string typed, string? found)
    {
        _people.Bed.Sql.Reset();
        var rows = await Directory.FindAsync(_people.Bed.Ada, typed, Token);

        Assert.Equal(found is null ? [] : [found], rows.Select(row => row.DisplayName));
        Assert.True(_people.Bed.Sql.Commands.Count <= 1);
    }

    [Fact]
    public async Task Find_IsForWhoLeadsPeople_AndStaysInTheTeam()
    {
        Assert.Empty(await Directory.FindAsync(_people.Bed.Mark, "олена", Token));
        Assert.Single(await Directory.FindAsync(_people.Bed.Nina, "олена", Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => Directory.FindAsync(_people.Bed.Olena, "олена", Token));
    }

    [Fact]
    public async Task Page_IsReadWithTwoCommands()
    {
        _people.Bed.Sql.Reset();
        await Directory.PageAsync(_people.Bed.Ada, new("a", Role.Agent), Token);
        Assert.Equal(2, _people.Bed.Sql.Commands.Count);

        _people.Bed.Sql.Reset();
        await Directory.PersonAsync(_people.Bed.Ada, _people.Bed.Olena.UserId, Token);
        await Directory.TeamsAsync(_people.Bed.Ada, Token);
        Assert.Equal(2, _people.Bed.Sql.Commands.Count);
    }

    private static IEnumerable<(string, int)> ByName(IEnumerable<PersonRow> rows) =>
        rows.Select(row => (row.DisplayName, row.Leads)).OrderBy(row => row.DisplayName, StringComparer.Ordinal);
}
