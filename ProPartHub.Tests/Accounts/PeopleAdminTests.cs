using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using Xunit;

namespace ProPartHub.Tests.Accounts;

/// <summary>What admins do about accounts, and what nobody may.</summary>
public sealed class PeopleAdminTests : IAsyncLifetime
{
    private PeopleBed _people = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeopleAdmin Admin => _people.Get<PeopleAdmin>();

    private Actor Ada => _people.Bed.Ada;

    private Guid Olena => _people.Bed.Olena.UserId;

    public async ValueTask InitializeAsync() => _people = await PeopleBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _people.DisposeAsync();

    public static TheoryData<string, Role> Calls =>
        new MatrixTheoryData<string, Role>(
            [
                "teams",
                "invite",
                "new link",
                "change",
                "lock",
                "unlock",
                "switch off",
                "switch on",
                "end sessions",
                "owners",
                "owner names",
                "link owner",
            ],
            [Role.Agent, Role.Manager]
        );

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Everything_IsForAdminsAlone(string call, Role role)
    {
        var before = await _people.UserAsync(Olena);
        var actor = role is Role.Agent ? _people.Bed.Taras : _people.Bed.Nina;

        await Assert.ThrowsAsync<ForbiddenException>(() => CallAsync(call, actor));

        Assert.Equal(before.SecurityStamp, (await _people.UserAsync(Olena)).SecurityStamp);
        Assert.Empty(await _people.EventsAsync(Olena));
        await CallAsync(call, Ada);
    }

    [Fact]
    public async Task RoleChange_RenewsTheStamp_TakesLeadsAlong_AndIsRecorded()
    {
        var lead = await _people.Bed.LeadAsync(_people.Bed.Olena, 1);
        var before = await _people.UserAsync(Olena);
        var input = await _people.InputAsync(Olena);

        var faults = await Admin.ChangeAsync(
            Ada,
            Olena,
            input with
            {
                Role = Role.Manager,
                TeamId = _people.Bed.Mark.TeamId,
            },
            Token
        );

        Assert.True(faults.IsValid);
        var after = await _people.UserAsync(Olena);
        Assert.Equal((Role.Manager, _people.Bed.Mark.TeamId), (after.Role, after.TeamId));
        Assert.NotEqual(before.SecurityStamp, after.SecurityStamp);
        Assert.Equal(_people.Bed.Mark.TeamId, (await _people.Bed.LoadAsync(lead.Id)).TeamId);
        var entry = Assert.Single(await _people.EventsAsync(Olena));
        Assert.Equal((SecurityEventKind.RoleChanged, (Guid?)Ada.UserId), (entry.Kind, entry.ActorId));
        Assert.Equal(
            ("Agent", "Manager", "Північ", "Південь"),
            (entry.Details["role before"], entry.Details["role"], entry.Details["team before"], entry.Details["team"])
        );
    }

    [Fact]
    public async Task NameAndMail_Changed_KeepTheSession_AndAreRecorded()
    {
        var before = await _people.UserAsync(Olena);
        var input = await _people.InputAsync(Olena);

        await Admin.ChangeAsync(Ada, Olena, input with { DisplayName = " Нова ", Email = "n@example.com" }, Token);

        var after = await _people.UserAsync(Olena);
        Assert.Equal(
            ("Нова", "n@example.com", "N@EXAMPLE.COM"),
            (after.DisplayName, after.Email, after.NormalizedEmail)
        );
        Assert.Equal(before.SecurityStamp, after.SecurityStamp);
        Assert.Equal(
            ["display name", "mail address"],
            (await _people.EventsAsync(Olena)).Select(entry => entry.Details["setting"])
        );
    }

    [Fact]
    public async Task Admin_HasNoTeam_AndANewTeamIsMadeWithItsFirstManager()
    {
        var input = await _people.InputAsync(Olena);

        await Admin.ChangeAsync(Ada, Olena, input with { Role = Role.Admin }, Token);
        Assert.Null((await _people.UserAsync(Olena)).TeamId);

        await Admin.ChangeAsync(Ada, Olena, input with { Role = Role.Manager, NewTeam = "Захід" }, Token);
        var teams = await _people.Get<PeopleDirectory>().TeamsAsync(Ada, Token);
        Assert.Equal(["Олена Гнатюк"], teams.Single(team => team.Name == "Захід").Managers);
    }

    public static TheoryData<string, string> Wrong =>
        new()
        {
            { "name", "DisplayName:Missing" },
            { "mail", "Email:EmailWrong" },
            { "mail taken", "Email:EmailTaken" },
            { "role", "Role:RoleUnknown" },
            { "no team", "TeamId:TeamMissing" },
            { "gone team", "TeamId:TeamUnknown" },
            { "team name taken", "NewTeam:TeamTaken" },
            { "long team name", "NewTeam:TooLong" },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Change_ThatCannotBe_IsToldAtItsField_AndChangesNothing(string what, string fault)
    {
        var input = await _people.InputAsync(Olena);
        var wrong = what switch
        {
            "name" => input with { DisplayName = "\u0000 " },
            "mail" => input with { Email = "olena@" },
            "mail taken" => input with { Email = "TARAS@example.com" },
            "role" => input with { Role = (Role)9 },
            "no team" => input with { TeamId = null },
            "gone team" => input with { TeamId = Guid.NewGuid() },
            "team name taken" => input with { NewTeam = "північ" },
            _ => input with { NewTeam = new string('я', Team.NameLength + 1) },
        };

        var faults = await Admin.ChangeAsync(Ada, Olena, wrong, Token);

        Assert.Equal([fault], faults.Errors.Select(error => $"{error.PropertyName}:{error.ErrorCode}"));
        Assert.Equal(input, await _people.InputAsync(Olena));
        Assert.Empty(await _people.EventsAsync(Olena));
        Assert.Equal(2, await _people.Bed.ReadAsync(db => db.Teams.CountAsync(Token)));
    }

    [Fact]
    public async Task OwnAccount_KeepsItsRoleAndStaysOpen()
    {
        var input = await _people.InputAsync(Ada.UserId);

        var faults = await Admin.ChangeAsync(
            Ada,
            Ada.UserId,
            input with
            {
                Role = Role.Agent,
                TeamId = _people.Bed.Nina.TeamId,
            },
            Token
        );

        Assert.Equal(nameof(AccountFault.OwnAccount), Assert.Single(faults.Errors).ErrorCode);
        Assert.Equal(AccountFault.OwnAccount, await Admin.LockAsync(Ada, Ada.UserId, Token));
        Assert.Equal(AccountFault.OwnAccount, await Admin.SwitchOffAsync(Ada, Ada.UserId, Token));
        Assert.True((await Admin.ChangeAsync(Ada, Ada.UserId, input with { DisplayName = "Ada L." }, Token)).IsValid);
        Assert.Equal((Role.Admin, true), await RoleAndStateAsync(Ada.UserId));
    }

    [Fact]
    public async Task LastAdminWithAPassword_KeepsRoleAndAccess()
    {
        // Nina alone could still log in: Ada has an account, but never set a password.
        var nina = _people.Bed.Nina.UserId;
        await _people.ChangeAsync(nina, user => (user.Role, user.TeamId, user.PasswordHash) = (Role.Admin, null, "x"));
        var input = await _people.InputAsync(nina);

        var faults = await Admin.ChangeAsync(
            Ada,
            nina,
            input with
            {
                Role = Role.Agent,
                TeamId = _people.Bed.Mark.TeamId,
            },
            Token
        );

        Assert.Equal(nameof(AccountFault.LastAdmin), Assert.Single(faults.Errors).ErrorCode);
        Assert.Equal(AccountFault.LastAdmin, await Admin.SwitchOffAsync(Ada, nina, Token));
        Assert.Equal(AccountFault.LastAdmin, await Admin.LockAsync(Ada, nina, Token));
        Assert.Equal((Role.Admin, true), await RoleAndStateAsync(nina));
    }

    [Fact]
    public async Task AdminWhoLostTheRoleMeanwhile_CanDoNothingMore()
    {
        await _people.ChangeAsync(Ada.UserId, user => user.Role = Role.Agent);

        await Assert.ThrowsAsync<ForbiddenException>(() => Admin.SwitchOffAsync(Ada, Olena, Token));

        Assert.True((await _people.UserAsync(Olena)).IsActive);
    }

    [Fact]
    public async Task TwoAdmins_TakingEachOthersRole_LeaveOne()
    {
        var nina = _people.Bed.Nina with { Role = Role.Admin, TeamId = null };
        await _people.ChangeAsync(nina.UserId, user => (user.Role, user.TeamId) = (Role.Admin, null));

        var tries = await Task.WhenAll(TryAsync(Ada, nina.UserId), TryAsync(nina, Ada.UserId));

        Assert.Single(tries, isDone => isDone);
        Assert.Equal(
            1,
            await _people.Bed.ReadAsync(db =>
                db.Users.CountAsync(user => user.IsActive && user.Role == Role.Admin, Token)
            )
        );

        async Task<bool> TryAsync(Actor actor, Guid other)
        {
            try
            {
                return await Admin.SwitchOffAsync(actor, other, Token) is null;
            }
            catch (ForbiddenException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task LockAndUnlock_CloseAndOpenTheAccount_AndEndSessions()
    {
        var before = await _people.UserAsync(Olena);

        Assert.Null(await Admin.LockAsync(Ada, Olena, Token));
        var locked = await _people.UserAsync(Olena);
        Assert.Equal(_people.Bed.Time.GetUtcNow() + PeopleAdmin.LockDuration, locked.LockoutEnd);
        Assert.NotEqual(before.SecurityStamp, locked.SecurityStamp);

        Assert.Null(await Admin.UnlockAsync(Ada, Olena, Token));
        Assert.Null((await _people.UserAsync(Olena)).LockoutEnd);
        Assert.Equal(
            [SecurityEventKind.AccountLocked, SecurityEventKind.AccountUnlocked],
            (await _people.EventsAsync(Olena)).Select(entry => entry.Kind)
        );
    }

    [Fact]
    public async Task SwitchedOff_EndsSessions_KeepsLeads_AndComesBack()
    {
        await _people.Bed.LeadAsync(_people.Bed.Olena, 1);
        var before = await _people.UserAsync(Olena);

        Assert.Null(await Admin.SwitchOffAsync(Ada, Olena, Token));

        var off = await _people.UserAsync(Olena);
        Assert.False(off.IsActive);
        Assert.NotEqual(before.SecurityStamp, off.SecurityStamp);
        Assert.Equal(1, (await _people.Get<PeopleDirectory>().PersonAsync(Ada, Olena, Token)).Leads);
        Assert.Null(await Admin.SwitchOnAsync(Ada, Olena, Token));
        Assert.True((await _people.UserAsync(Olena)).IsActive);
        Assert.Equal(
            [SecurityEventKind.AccountSwitchedOff, SecurityEventKind.AccountSwitchedOn],
            (await _people.EventsAsync(Olena)).Select(entry => entry.Kind)
        );
    }

    [Fact]
    public async Task EndSessions_RenewsTheStamp_AndIsRecorded()
    {
        var before = await _people.UserAsync(Olena);

        Assert.Null(await Admin.EndSessionsAsync(Ada, Olena, Token));

        Assert.NotEqual(before.SecurityStamp, (await _people.UserAsync(Olena)).SecurityStamp);
        Assert.Equal(SecurityEventKind.LoggedOut, Assert.Single(await _people.EventsAsync(Olena)).Kind);
    }

    [Fact]
    public async Task Person_WhoIsNotThere_IsNotFound()
    {
        foreach (var call in new[] { Admin.LockAsync, Admin.UnlockAsync, Admin.SwitchOffAsync, Admin.EndSessionsAsync })
        {
            await Assert.ThrowsAsync<NotFoundException>(() => call(Ada, Guid.NewGuid(), Token));
        }
    }

    [Fact]
    public async Task Owner_LinkedToAnotherPerson_LeavesTheFirst_AndBothAreRecorded()
    {
        await _people.OwnerAsync("77", "Olena G.");
        var linking = _people.Get<OwnerLinking>();
        await linking.LinkAsync(Ada, Olena, "77", Token);

        await linking.LinkAsync(Ada, _people.Bed.Taras.UserId, "77", Token);

        Assert.Null((await _people.UserAsync(Olena)).HubSpotOwnerId);
        Assert.Equal("77", (await _people.UserAsync(_people.Bed.Taras.UserId)).HubSpotOwnerId);
        Assert.Equal(
            [(null, "77"), ("77", null)],
            (await _people.EventsAsync(Olena)).Select(entry => (entry.Details["before"], entry.Details["after"]))
        );
        Assert.Equal("Тарас Вовк", Assert.Single(await linking.ChoicesAsync(Ada, Token)).LinkedTo);
        await Assert.ThrowsAsync<NotFoundException>(() => linking.LinkAsync(Ada, Olena, "78", Token));
    }

    private async Task<(Role Role, bool IsActive)> RoleAndStateAsync(Guid id)
    {
        var user = await _people.UserAsync(id);
        return (user.Role, user.IsActive);
    }

    private async Task CallAsync(string call, Actor actor)
    {
        var input = new PersonInput("petro", "Петро", "p@example.com", Role.Admin, null, null, "uk");
        var invitation = _people.Get<PeopleInvitation>();
        var linking = _people.Get<OwnerLinking>();
        await (
            call switch
            {
                "teams" => _people.Get<PeopleDirectory>().TeamsAsync(actor, Token),
                "invite" => invitation.InviteAsync(actor, input, Token),
                "new link" => invitation.NewLinkAsync(actor, Olena, Token),
                "change" => Admin.ChangeAsync(actor, Olena, input, Token),
                "lock" => Admin.LockAsync(actor, Olena, Token),
                "unlock" => Admin.UnlockAsync(actor, Olena, Token),
                "switch off" => Admin.SwitchOffAsync(actor, Olena, Token),
                "switch on" => Admin.SwitchOnAsync(actor, Olena, Token),
                "end sessions" => Admin.EndSessionsAsync(actor, Olena, Token),
                "owners" => linking.ChoicesAsync(actor, Token),
                "owner names" => linking.NamesAsync(actor, ["1"], Token),
                "link owner" => linking.LinkAsync(actor, Olena, null, Token),
                _ => throw new ArgumentOutOfRangeException(nameof(call), call, null),
            }
        );
    }
}
