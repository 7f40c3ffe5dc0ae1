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
