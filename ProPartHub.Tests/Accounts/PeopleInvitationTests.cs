using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using Xunit;

namespace ProPartHub.Tests.Accounts;

/// <summary>One-time links from an admin, from making one to the password behind it.</summary>
public sealed class PeopleInvitationTests : IAsyncLifetime
{
    private const string Password = AccountHub.Password;

    private PeopleBed _people = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeopleInvitation Invitation => _people.Get<PeopleInvitation>();

    private PersonInput Input =>
        new("petro", "Петро Їжак", "petro@example.com", Role.Agent, _people.Bed.Nina.TeamId, null, "uk");

    public async ValueTask InitializeAsync() => _people = await PeopleBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _people.DisposeAsync();

    [Fact]
    public async Task Invited_SetsAPasswordBehindTheLink_Once_AndLogsIn()
    {
        var (id, token, faults) = await Invitation.InviteAsync(_people.Bed.Ada, Input, Token);
        Assert.True(faults.IsValid);
        Assert.Null(await LogInAsync());

        var (user, _) = await SetUpAsync(token);

        Assert.Equal((id, Role.Agent, _people.Bed.Nina.TeamId), (user!.Id, user.Role, user.TeamId));
        Assert.NotNull(await LogInAsync());
        Assert.Equal(nameof(AccountFault.LinkDead), Assert.Single((await SetUpAsync(token)).Faults.Errors).ErrorCode);
        var created = (await _people.EventsAsync(id))[0];
        Assert.Equal(
            (SecurityEventKind.AccountCreated, (Guid?)_people.Bed.Ada.UserId, "petro", "Північ"),
            (created.Kind, created.ActorId, created.Details["user name"], created.Details["team"])
        );
    }

    [Theory]
    [InlineData("", "Name", "a@example.com", "uk", "UserName:Missing")]
    [InlineData("петро", "Name", "a@example.com", "uk", "UserName:UserNameWrong")]
    [InlineData("OLENA", "Name", "a@example.com", "uk", "UserName:UserNameTaken")]
    [InlineData("petro", "", "a@example.com", "uk", "DisplayName:Missing")]
    [InlineData("petro", "Name", "", "uk", "Email:Missing")]
    [InlineData("petro", "Name", "a@", "uk", "Email:EmailWrong")]
    [InlineData("petro", "Name", "Olena@Example.com", "uk", "Email:EmailTaken")]
    [InlineData("petro", "Name", "a@example.com", "ru", "Culture:CultureUnknown")]
    public async Task Invitation_ThatCannotBe_IsToldAtItsField_AndMakesNothing(
        string userName,
        string name,
        string mail,
        string culture,
        string fault
    )
    {
        var input = Input with
        {
            UserName = userName,
            DisplayName = name,
            Email = mail,
            Culture = culture,
            NewTeam = "Захід",
        };

        var (_, token, faults) = await Invitation.InviteAsync(_people.Bed.Ada, input, Token);

        Assert.Null(token);
        Assert.Equal([fault], faults.Errors.Select(error => $"{error.PropertyName}:{error.ErrorCode}"));
        Assert.Equal(6, (await _people.Get<PeopleDirectory>().PageAsync(_people.Bed.Ada, new(), Token)).Total);
        Assert.Equal(2, (await _people.Get<PeopleDirectory>().TeamsAsync(_people.Bed.Ada, Token)).Count);
    }

    [Fact]
    public async Task NewLink_EndsTheOldOneAndEverySession()
    {
        var (id, first, _) = await Invitation.InviteAsync(_people.Bed.Ada, Input, Token);
        var before = (await _people.UserAsync(id)).SecurityStamp;

        var (second, fault) = await Invitation.NewLinkAsync(_people.Bed.Ada, id, Token);

        Assert.Null(fault);
        Assert.NotEqual(before, (await _people.UserAsync(id)).SecurityStamp);
        Assert.Null((await SetUpAsync(first)).User);
        Assert.NotNull((await SetUpAsync(second)).User);
        Assert.Contains(await _people.EventsAsync(id), entry => entry.Kind == SecurityEventKind.LinkIssued);
    }

    [Fact]
    public async Task SwitchedOffAccount_GetsNoLink_AndItsOldOneIsDead()
    {
        var (id, token, _) = await Invitation.InviteAsync(_people.Bed.Ada, Input, Token);
        await _people.Get<PeopleAdmin>().SwitchOffAsync(_people.Bed.Ada, id, Token);

        Assert.Equal(AccountFault.SwitchedOff, (await Invitation.NewLinkAsync(_people.Bed.Ada, id, Token)).Fault);
        Assert.Null((await SetUpAsync(token)).User);
        await _people.Get<PeopleAdmin>().SwitchOnAsync(_people.Bed.Ada, id, Token);
        Assert.Null((await SetUpAsync(token)).User);
    }

    private Task<(HubUser? User, FluentValidation.Results.ValidationResult Faults)> SetUpAsync(string? token) =>
        _people
            .Get<AccountSetup>()
            .CompleteAsync(token, new AdminInput("", "Петро", "", Password, Password), "test", Token);

    private async Task<HubUser?> LogInAsync() =>
        (await _people.Get<LogIn>().TryAsync("petro", Password, "test", Token)).User;
}
