using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using Xunit;

namespace ProPartHub.Tests.Accounts;

/// <summary>There is always an admin who can get in, and no open session outlives what an admin decided.</summary>
public sealed class AdminAccessTests : IAsyncLifetime
{
    private PeopleBed _people = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeopleAdmin Admin => _people.Get<PeopleAdmin>();

    private Actor Ada => _people.Bed.Ada;

    private Guid Olena => _people.Bed.Olena.UserId;

    public async ValueTask InitializeAsync() => _people = await PeopleBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _people.DisposeAsync();

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

    private async Task<(Role Role, bool IsActive)> RoleAndStateAsync(Guid id)
    {
        var user = await _people.UserAsync(id);
        return (user.Role, user.IsActive);
    }
}
