using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using Xunit;

namespace ProPartHub.Tests.Accounts;

public sealed class PastedPeopleTests
{
    private static readonly TeamItem Kyiv = new(Guid.CreateVersion7(), "Київ", []);

    [Fact]
    public void List_IsReadWhateverStandsBetween_AndWhatIsMissingIsFilledIn()
    {
        var people = Read(
            "Олена Гнатюк; olena.h@example.com; агент; київ\n\nJames Reed\tjames@example.com\tManager\tCosta Blanca\n"
                + "Ada, ada@example.com, admin\r\nПетро, petro@example.com"
        );

        Assert.All(people, person => Assert.True(person.Faults.IsValid));
        Assert.Equal([1, 3, 4, 5], people.Select(person => person.Line));
        Assert.Equal(["olena.h", "james", "ada", "petro"], people.Select(person => person.Input.UserName));
        Assert.Equal([Role.Agent, Role.Manager, Role.Admin, Role.Agent], people.Select(person => person.Input.Role));
        Assert.Equal(
            [(Kyiv.Id, null), (null, "Costa Blanca"), (null, null), (Kyiv.Id, null)],
            people.Select(person => (person.Input.TeamId, person.Input.NewTeam))
        );
    }

    [Theory]
    [InlineData("Олена; не пошта", nameof(AccountFault.EmailWrong))]
    [InlineData("Олена", nameof(AccountFault.Missing))]
    [InlineData("; a@example.com", nameof(AccountFault.Missing))]
    [InlineData("Олена; a@example.com; директор", nameof(AccountFault.RoleUnknown))]
    public void WhatCannotBe_IsSaidAtItsLine(string line, string fault) =>
        Assert.Contains(Assert.Single(Read(line)).Faults.Errors, error => error.ErrorCode == fault);

    [Fact]
    public void SameMailTwice_IsSaid_AndSameNameGetsANumber()
    {
        var people = Read("A B; abc@one.example\nA C; abc@two.example\nA D; ABC@one.example");

        Assert.Equal(["abc", "abc2", "abc3"], people.Select(person => person.Input.UserName));
        Assert.Equal([true, true, false], people.Select(person => person.Faults.IsValid));
    }

    [Fact]
    public void EndlessList_IsCut()
    {
        var text = string.Join('\n', Enumerable.Range(0, 5000).Select(number => $"P{number}; p{number}@example.com"));

        Assert.Equal(PastedPeople.Most, Read(text).Count);
    }

    private static IReadOnlyList<PastedPerson> Read(string text) => PastedPeople.Read(text, [Kyiv], Kyiv.Id, "uk");
}
