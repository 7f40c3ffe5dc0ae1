using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Domain.People.Sessions;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Accounts;

/// <summary>Several agents go to another manager at once: as one by one, with what will change said before, and back again.</summary>
public sealed class TeamMoveTests : IAsyncLifetime
{
    private PeopleBed _people = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HubBed Bed => _people.Bed;

    private TeamMove Moves => _people.Get<TeamMove>();

    private Guid Olena => Bed.Olena.UserId;

    private Guid Taras => Bed.Taras.UserId;

    private Guid Mark => Bed.Mark.UserId;

    public async ValueTask InitializeAsync() => _people = await PeopleBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _people.DisposeAsync();

    [Fact]
    public async Task Plan_SaysWhoMoves_WhoIsThere_AndWhoStaysAndWhy_AndChangesNothing()
    {
        await Bed.LeadAsync(Bed.Olena, 1);
        var archived = await Bed.LeadAsync(Bed.Olena, 2);
        await Bed.Get<LeadService>().ArchiveAsync(Bed.Olena, archived.Id, Token);
        Bed.Sql.Reset();

        var plan = (await Moves.PlanAsync(Bed.Ada, [.. Everybody, Guid.NewGuid()], Mark, Token))!;

        Assert.Equal(2, Bed.Sql.Commands.Count);
        Assert.Equal(
            (Mark, "Mark Stone", "Південь", 1, 2),
            (plan.ManagerId, plan.ManagerName, plan.TeamName, plan.Gone, plan.Leads)
        );
        Assert.Equal(
            [
                ("Ніна Коваль", "Північ", TeamMoveOutcome.LeadsATeam),
                ("Олена Гнатюк", "Північ", TeamMoveOutcome.Moves),
                ("Тарас Вовк", "Північ", TeamMoveOutcome.Moves),
                ("Ada Byron", null, TeamMoveOutcome.IsAdmin),
                ("James Reed", "Південь", TeamMoveOutcome.AlreadyThere),
                ("Mark Stone", "Південь", TeamMoveOutcome.AlreadyThere),
            ],
            plan.Rows.Select(row => (row.Name, row.TeamName, row.Outcome))
        );
        Assert.Equal(["Ніна Коваль", "Ada Byron"], plan.Refused.Select(row => row.Name));
        Assert.Equal(Bed.Nina.TeamId, (await _people.UserAsync(Olena)).TeamId);
    }

    [Fact]
    public async Task Move_DoesForEach_WhatTheSingleChangeDoes()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var single = await Bed.LeadAsync(Bed.Taras, 2);
        var pool = await Bed.LeadAsync(Bed.Olena, 3);
        await Bed.Get<LeadService>().TransferAsync(Bed.Ada, pool.Id, null, null, Token);
        var session = await _people
            .Get<UserSessions>()
            .StartAsync(Olena, SessionMethod.Password, "Test", "test", Token);
        var before = await _people.UserAsync(Olena);
        var input = await _people.InputAsync(Taras);
        await _people.Get<PeopleAdmin>().ChangeAsync(Bed.Ada, Taras, input with { TeamId = Bed.Mark.TeamId }, Token);

        var done = (await Moves.MoveAsync(Bed.Ada, Everybody, Mark, Token))!;

        Assert.Equal([Olena], done.Of(TeamMoveOutcome.Moves).Select(row => row.Id));
        var after = await _people.UserAsync(Olena);
        Assert.Equal((Role.Agent, Bed.Mark.TeamId), (after.Role, after.TeamId));
        Assert.NotEqual(before.SecurityStamp, after.SecurityStamp);
        Assert.False(await _people.Get<UserSessions>().IsLiveAsync(session, Olena, Token));
        Assert.Equal(
            [Bed.Mark.TeamId, Bed.Mark.TeamId, null],
            new[] { await Bed.LoadAsync(lead.Id), await Bed.LoadAsync(single.Id), await Bed.LoadAsync(pool.Id) }.Select(
                row => row.TeamId
            )
        );
        var (one, many) = (
            Assert.Single(await _people.EventsAsync(Taras)),
            (await _people.EventsAsync(Olena)).Single(entry => entry.Kind == SecurityEventKind.RoleChanged)
        );
        Assert.Equal((one.Kind, one.ActorId, one.Address), (many.Kind, many.ActorId, many.Address));
        Assert.Equal(one.Details, many.Details);
        foreach (var id in new[] { Mark, Bed.Nina.UserId, Bed.Ada.UserId, Bed.James.UserId })
        {
            Assert.Empty(await _people.EventsAsync(id));
        }
    }

    [Fact]
    public async Task Move_TakesTheSameCommands_HoweverManyPeople()
    {
        await Moves.MoveAsync(Bed.Ada, [Olena], Mark, Token);
        Bed.Sql.Reset();
        await Moves.MoveAsync(Bed.Ada, [Olena], Bed.Nina.UserId, Token);
        var one = Bed.Sql.Commands.Count;
        await Moves.MoveAsync(Bed.Ada, [Olena], Mark, Token);
        Bed.Sql.Reset();

        await Moves.MoveAsync(Bed.Ada, [Olena, Taras, Bed.James.UserId], Bed.Nina.UserId, Token);

        Assert.Equal(one, Bed.Sql.Commands.Count);
        Assert.Equal(4, await Bed.ReadAsync(db => db.Users.CountAsync(user => user.TeamId == Bed.Nina.TeamId, Token)));
    }

    [Theory]
    [InlineData("agent")]
    [InlineData("nobody")]
    [InlineData("switched off")]
    public async Task WhoeverLeadsNoTeam_IsNobodyToMoveTo(string who)
    {
        var id = who switch
        {
            "agent" => Bed.James.UserId,
            "nobody" => Guid.NewGuid(),
            _ => Mark,
        };
        if (who == "switched off")
        {
            await _people.ChangeAsync(Mark, user => user.IsActive = false);
        }

        Assert.Null(await Moves.PlanAsync(Bed.Ada, [Olena], id, Token));
        Assert.Null(await Moves.MoveAsync(Bed.Ada, [Olena], id, Token));

        Assert.DoesNotContain(await Moves.ManagersAsync(Bed.Ada, Token), manager => manager.Id == id);
        Assert.Equal(Bed.Nina.TeamId, (await _people.UserAsync(Olena)).TeamId);
        Assert.Empty(await _people.EventsAsync(Olena));
    }

    [Fact]
    public async Task Undo_PutsEachIntoTheTeamTheyCameFrom_ButNotWhoWasChangedSince()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var west = await WestAsync();
        var done = (await Moves.MoveAsync(Bed.Ada, [Olena, Taras, Bed.James.UserId], west, Token))!;
        Assert.Equal(3, done.Of(TeamMoveOutcome.Moves).Count);
        await Moves.MoveAsync(Bed.Ada, [Taras], Mark, Token);
        var stamp = (await _people.UserAsync(Olena)).SecurityStamp;

        var undone = await Moves.UndoAsync(Bed.Ada, done, Token);

        Assert.Equal(
            [Bed.Nina.TeamId, Bed.Mark.TeamId, Bed.Mark.TeamId],
            new[]
            {
                await _people.UserAsync(Olena),
                await _people.UserAsync(Taras),
                await _people.UserAsync(Bed.James.UserId),
            }.Select(user => user.TeamId)
        );
        Assert.Equal("Тарас Вовк", Assert.Single(undone.Of(TeamMoveOutcome.ChangedSince)).Name);
        Assert.Equal(Bed.Nina.TeamId, (await Bed.LoadAsync(lead.Id)).TeamId);
        Assert.NotEqual(stamp, (await _people.UserAsync(Olena)).SecurityStamp);
        Assert.Equal(
            ["Захід", "Північ"],
            (await _people.EventsAsync(Olena))
                .Where(entry => entry.Kind == SecurityEventKind.RoleChanged)
                .Select(entry => entry.Details["team"])
        );

        // A second time there is nobody left to put back.
        Assert.Equal(3, (await Moves.UndoAsync(Bed.Ada, done, Token)).Of(TeamMoveOutcome.ChangedSince).Count);
    }

    [Fact]
    public async Task WhoeverIsNoAdminAnyMore_MovesAndUndoesNothing()
    {
        var done = (await Moves.MoveAsync(Bed.Ada, [Olena], Mark, Token))!;
        await _people.ChangeAsync(Bed.Ada.UserId, user => user.Role = Role.Agent);

        await Assert.ThrowsAsync<ForbiddenException>(() => Moves.MoveAsync(Bed.Ada, [Taras], Mark, Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => Moves.UndoAsync(Bed.Ada, done, Token));

        Assert.Equal(Bed.Nina.TeamId, (await _people.UserAsync(Taras)).TeamId);
        Assert.Equal(Bed.Mark.TeamId, (await _people.UserAsync(Olena)).TeamId);
    }

    [Fact]
    public async Task MoreThanAPageCanHold_AreRefused()
    {
        Guid[] crowd = [.. Enumerable.Range(0, TeamMove.Most + 1).Select(_ => Guid.NewGuid())];

        await Assert.ThrowsAsync<InvalidInputException>(() => Moves.PlanAsync(Bed.Ada, crowd, Mark, Token));
        await Assert.ThrowsAsync<InvalidInputException>(() => Moves.MoveAsync(Bed.Ada, crowd, Mark, Token));
        Assert.Equal(TeamMove.Most, (await Moves.PlanAsync(Bed.Ada, crowd[1..], Mark, Token))!.Gone);
    }

    private Guid[] Everybody =>
        [.. new[] { Bed.Olena, Bed.Taras, Bed.James, Bed.Nina, Bed.Mark, Bed.Ada }.Select(actor => actor.UserId)];

    // A third team, led by a manager of its own.
    private async Task<Guid> WestAsync()
    {
        var team = new Team { Name = "Захід" };
        var manager = _people.Get<AccountCreation>().New("west", "Олег Дуб", "west@example.com", Role.Manager);
        manager.TeamId = team.Id;
        await Bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.Teams.Add(team);
                    db.Users.Add(manager);
                    return Task.CompletedTask;
                },
                Token
            );
        return manager.Id;
    }
}
