using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Domain.People.SecondFactors;
using ProPartHub.Domain.People.Sessions;
using Xunit;

namespace ProPartHub.Tests.Accounts;

/// <summary>What admins do about the ways into people's accounts, and the panel that shows who cannot get in.</summary>
public sealed class AccountGuardsTests : IAsyncLifetime
{
    private const string Password = "correct horse battery staple";

    private PeopleBed _people = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private AccountGuards Guards => _people.Get<AccountGuards>();

    private Actor Ada => _people.Bed.Ada;

    private Guid Olena => _people.Bed.Olena.UserId;

    public async ValueTask InitializeAsync()
    {
        _people = await PeopleBed.CreateAsync(Token);
        var hash = _people.Get<IPasswordHasher<HubUser>>().HashPassword(await _people.UserAsync(Olena), Password);
        await _people.ChangeAsync(Olena, user => user.PasswordHash = hash);
    }

    public ValueTask DisposeAsync() => _people.DisposeAsync();

    [Fact]
    public async Task DemandedPassword_LeadsTheNextLogInToAChoice_AndEndsSessions()
    {
        var session = await _people.Get<UserSessions>().StartAsync(Olena, SessionMethod.Password, null, null, Token);

        Assert.Null(await Guards.DemandNewPasswordAsync(Ada, Olena, Token));

        Assert.False(await _people.Get<UserSessions>().IsLiveAsync(session, Olena, Token));
        Assert.Equal(LogInStep.NewPasswordNeeded, (await LogInAsync(Password)).Step);
        Assert.Equal(LogInStep.Refused, (await LogInAsync("another")).Step);
        Assert.Equal(
            Ada.UserId,
            (await _people.EventsAsync(Olena))
                .Single(entry => entry.Kind is SecurityEventKind.PasswordChangeDemanded)
                .ActorId
        );
    }

    [Fact]
    public async Task RemovedFactor_LeavesThePasswordAlone()
    {
        var factor = _people.Get<SecondFactor>();
        await ConfirmAppAsync(factor);
        Assert.Equal(LogInStep.CodeNeeded, (await LogInAsync(Password)).Step);

        Assert.Null(await Guards.RemoveSecondFactorAsync(Ada, Olena, Token));

        Assert.Equal(new SecondFactorState(null, 0), await factor.StateAsync(Olena, Token));
        Assert.Equal(LogInStep.Done, (await LogInAsync(Password)).Step);
    }

    [Fact]
    public async Task NobodyElseMayDoIt_NorToTheOwnAccount()
    {
        foreach (var actor in new[] { _people.Bed.Nina, _people.Bed.Olena })
        {
            await Assert.ThrowsAsync<ForbiddenException>(() => Guards.DemandNewPasswordAsync(actor, Olena, Token));
            await Assert.ThrowsAsync<ForbiddenException>(() => Guards.RemoveSecondFactorAsync(actor, Olena, Token));
            await Assert.ThrowsAsync<ForbiddenException>(() => Guards.UnlockAsync(actor, [Olena], Token));
            await Assert.ThrowsAsync<ForbiddenException>(() => _people.Get<LogInHealth>().CountsAsync(actor, Token));
        }

        Assert.Equal(AccountFault.OwnAccount, await Guards.DemandNewPasswordAsync(Ada, Ada.UserId, Token));
        await Assert.ThrowsAsync<NotFoundException>(() =>
            Guards.RemoveSecondFactorAsync(Ada, Guid.CreateVersion7(), Token)
        );
    }

    [Fact]
    public async Task Unlock_OfMany_PassesOverThoseThatAreOpen()
    {
        var now = _people.Bed.Time.GetUtcNow();
        await _people.ChangeAsync(Olena, user => user.LockoutEnd = now.AddMinutes(20));
        await _people.ChangeAsync(_people.Bed.James.UserId, user => user.LockoutEnd = now.AddMinutes(-1));

        var unlocked = await Guards.UnlockAsync(Ada, [Olena, _people.Bed.James.UserId], Token);

        Assert.Equal(1, unlocked);
        Assert.Null((await _people.UserAsync(Olena)).LockoutEnd);
        Assert.DoesNotContain(
            await _people.EventsAsync(_people.Bed.James.UserId),
            entry => entry.Kind is SecurityEventKind.AccountUnlocked
        );
    }

    [Fact]
    public async Task Health_GroupsPeople_AndNamesTheLastRefusal()
    {
        var health = _people.Get<LogInHealth>();
        for (var guess = 0; guess < Lockout.Failures; guess++)
        {
            await LogInAsync("a guess", $"10.0.0.{guess}");
        }

        await _people.ChangeAsync(
            _people.Bed.James.UserId,
            user => user.LastLoginAt = _people.Bed.Time.GetUtcNow().AddDays(-91)
        );

        var locked = Assert.Single((await health.PageAsync(Ada, HealthGroup.Locked, 1, Token)).Rows);
        Assert.Equal(Olena, locked.Id);
        Assert.Equal(
            new LogInFailure(_people.Bed.Time.GetUtcNow(), "wrong password", "10.0.0.4", Lockout.Failures),
            locked.LastFailure
        );
        Assert.Equal([Olena], await IdsAsync(health, HealthGroup.Failing));
        Assert.Equal([_people.Bed.James.UserId], await IdsAsync(health, HealthGroup.Quiet));
        Assert.DoesNotContain(_people.Bed.James.UserId, await IdsAsync(health, HealthGroup.NeverIn));
        Assert.Equal([Olena], await IdsAsync(health, HealthGroup.PasswordAlone));
        await ConfirmAppAsync(_people.Get<SecondFactor>());
        Assert.Equal(0, (await health.CountsAsync(Ada, Token))[HealthGroup.PasswordAlone]);

        _people.Bed.Time.Advance(TimeSpan.FromDays(7));
        Assert.Empty(await IdsAsync(health, HealthGroup.Failing));
    }

    [Fact]
    public async Task InviteMany_MakesATeamOnce_AndOneThatCannotBeStopsNoOther()
    {
        var taken = await _people.UserAsync(Olena);
        var people = PastedPeople.Read(
            $"One; one@example.com; manager; New Team\nTwo; olena@two.example; agent; new team\n"
                + $"X; {taken.Email}; agent; New Team",
            [],
            null,
            "uk"
        );

        var invited = await _people
            .Get<PeopleInvitation>()
            .InviteManyAsync(Ada, [.. people.Select(person => person.Input)], Token);

        Assert.Equal([true, true, false], invited.Select(one => one.Token is not null));
        Assert.Contains(invited[2].Faults.Errors, fault => fault.ErrorCode == nameof(AccountFault.EmailTaken));

        // The name out of the mail address was taken, which whoever pastes a list cannot help.
        Assert.Equal("olena2", invited[1].Input.UserName);
        Assert.Equal(1, await _people.Bed.ReadAsync(db => db.Teams.CountAsync(team => team.Name == "New Team")));
        var made = await _people.Bed.ReadAsync(db =>
            db.Users.Where(user => user.Email == "one@example.com" || user.Email == "olena@two.example").ToListAsync()
        );
        Assert.Single(made.Select(user => user.TeamId).Distinct());
    }

    private async Task<IEnumerable<Guid>> IdsAsync(LogInHealth health, HealthGroup group) =>
        (await health.PageAsync(Ada, group, 1, Token)).Rows.Select(row => row.Id);

    private async Task<LogInResult> LogInAsync(string password, string address = "test") =>
        await _people.Get<LogIn>().TryAsync((await _people.UserAsync(Olena)).UserName!, password, address, Token);

    private async Task ConfirmAppAsync(SecondFactor factor)
    {
        var offer = await factor.OfferAsync(Olena, Token);
        var code = new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(offer!.Secret)).ComputeTotp(
            _people.Bed.Time.GetUtcNow().UtcDateTime
        );
        Assert.NotNull(await factor.ConfirmAsync(Olena, code, "test", Token));
    }
}
