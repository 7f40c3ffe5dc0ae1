using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Verification;

/// <summary>Who decides what about whom, and what agents may do before.</summary>
public sealed class VerificationReviewTests : IAsyncLifetime
{
    private PeopleBed _people = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HubBed Bed => _people.Bed;

    private VerificationReview Review => _people.Get<VerificationReview>();

    private VerificationQueries Queries => _people.Get<VerificationQueries>();

    public async ValueTask InitializeAsync()
    {
        _people = await PeopleBed.CreateAsync(Token);
        await _people.ChangeAsync(Bed.Olena.UserId, user => user.IsVerified = false);
    }

    public ValueTask DisposeAsync() => _people.DisposeAsync();

    [Fact]
    public async Task Queue_IsTheTeamsForAManager_Everybodys_ForAnAdmin_AndEmptyForAgents()
    {
        await _people.ChangeAsync(Bed.James.UserId, user => user.IsVerified = false);
        await AskAsync(Bed.Olena);
        await AskAsync(Bed.James);

        Assert.Equal(["Олена Гнатюк"], await QueueAsync(Bed.Nina));
        Assert.Equal(["James Reed"], await QueueAsync(Bed.Mark));
        Assert.Equal(["Олена Гнатюк", "James Reed"], await QueueAsync(Bed.Ada));
        Assert.Empty(await QueueAsync(Bed.Olena));
        Assert.Empty(await QueueAsync(Bed.Nina with { TeamId = null }));
        var overview = await Queries.OverviewAsync(Token);
        Assert.Equal(1, overview.WaitingByTeam[Bed.Nina.TeamId!.Value]);
        Assert.Equal(
            [Bed.Olena.UserId, Bed.James.UserId],
            overview.Unverified.Order().OrderBy(id => id != Bed.Olena.UserId)
        );
    }

    [Fact]
    public async Task Strangers_DecideNothing()
    {
        var id = await AskAsync(Bed.Olena);

        foreach (var actor in new[] { Bed.Mark, Bed.Olena, Bed.Taras, Bed.Nina with { TeamId = null } })
        {
            await Assert.ThrowsAsync<NotFoundException>(() => Review.ApproveAsync(actor, id, 3, null, Token));
            await Assert.ThrowsAsync<NotFoundException>(() => Review.RejectAsync(actor, id, "no", Token));
            await Assert.ThrowsAsync<NotFoundException>(() => Review.AskForMoreAsync(actor, id, "more", Token));
            await Assert.ThrowsAsync<NotFoundException>(() =>
                Review.RevokeAsync(
                    actor,
                    Bed.James.UserId == actor.UserId ? Bed.Taras.UserId
                        : actor == Bed.Mark ? Bed.Taras.UserId
                        : Bed.James.UserId,
                    "no",
                    Token
                )
            );
        }

        Assert.False((await _people.UserAsync(Bed.Olena.UserId)).IsVerified);
    }

    [Theory]
    [InlineData("-0.01")]
    [InlineData("100.01")]
    [InlineData("2.345")]
    public async Task Rate_ThatIsNone_IsRefused(string percent)
    {
        var id = await AskAsync(Bed.Olena);

        Assert.Equal(
            VerificationFault.RateWrong,
            await Review.ApproveAsync(
                Bed.Nina,
                id,
                decimal.Parse(percent, System.Globalization.CultureInfo.InvariantCulture),
                null,
                Token
            )
        );
        Assert.False((await _people.UserAsync(Bed.Olena.UserId)).IsVerified);
    }

    [Fact]
    public async Task Refusals_NeedWords_AndADecisionIsMadeOnce()
    {
        var id = await AskAsync(Bed.Olena);
        Assert.Equal(VerificationFault.WordsMissing, await Review.RejectAsync(Bed.Nina, id, "  ", Token));
        Assert.Equal(VerificationFault.WordsMissing, await Review.AskForMoreAsync(Bed.Nina, id, null, Token));
        Assert.Equal(VerificationFault.TooLong, await Review.RejectAsync(Bed.Nina, id, new string('a', 1001), Token));

        var decisions = await Task.WhenAll(
            Review.RejectAsync(Bed.Nina, id, "unreadable", Token),
            Review.ApproveAsync(Bed.Ada, id, 3, null, Token)
        );

        Assert.Equal([null, VerificationFault.Decided], decisions.OrderBy(fault => fault is not null));
        var isVerified = (await _people.UserAsync(Bed.Olena.UserId)).IsVerified;
        Assert.Equal(isVerified, decisions[1] is null);
    }

    [Fact]
    public async Task Agent_HasOneRequestAtATime_AndNoneOnceVerified()
    {
        var asked = await Task.WhenAll(TryAskAsync(Bed.Olena), TryAskAsync(Bed.Olena));
        Assert.Equal([null, VerificationFault.Waiting], asked.OrderBy(fault => fault is not null));

        Assert.Equal(VerificationFault.NotNeeded, await TryAskAsync(Bed.Taras));
        await Assert.ThrowsAsync<ForbiddenException>(() => TryAskAsync(Bed.Nina));
    }

    [Theory]
    [InlineData("C:\\temp\\Паспорт \"1\"\r\n.pdf", "Паспорт 1.pdf")]
    [InlineData("../../../etc/..pdf", "document.pdf")]
    [InlineData("😀.PDF", "document.PDF")]
    public async Task Name_OfADocument_IsCleaned_AndIsNoPath(string name, string expected)
    {
        var fault = await _people
            .Get<VerificationService>()
            .AskAsync(Bed.Olena, null, [VerificationFiles.HandedIn(name)], Token);

        Assert.Null(fault);
        var own = await Queries.OwnAsync(Bed.Olena, Token);
        Assert.Equal(expected, Assert.Single(own.Requests[0].Documents).Name);
    }

    [Fact]
    public async Task Revoked_IsUnverified_IsTold_AndMayAskAgain()
    {
        Assert.Null(await Review.RevokeAsync(Bed.Nina, Bed.Taras.UserId, "licence expired", Token));

        var own = await Queries.OwnAsync(Bed.Taras, Token);
        Assert.False(own.IsVerified);
        Assert.Equal(
            (VerificationState.Revoked, "licence expired", "Ніна Коваль"),
            (own.Requests[0].State, own.Requests[0].Words, own.Requests[0].DecidedBy)
        );
        Assert.Equal(VerificationFault.Decided, await Review.RevokeAsync(Bed.Nina, Bed.Taras.UserId, "again", Token));
        Assert.Null(await TryAskAsync(Bed.Taras));
    }

    [Fact]
    public async Task UnverifiedAgent_RegistersFiveLeads_AndMoreOnceVerified()
    {
        for (var number = 1; number <= 5; number++)
        {
            await Bed.LeadAsync(Bed.Olena, number);
        }

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => Bed.LeadAsync(Bed.Olena, 6));
        Assert.Equal(
            new FieldError(nameof(LeadField.Agent), FieldErrorCode.UnverifiedLimit, 5),
            Assert.Single(refused.Errors)
        );
        // A manager gives leads to whom they like.
        await Bed.Get<LeadService>().CreateAsync(Bed.Nina, HubBed.Input(7), Bed.Olena.UserId, Token);

        await Review.ApproveAsync(Bed.Nina, await AskAsync(Bed.Olena), 3, null, Token);
        await Bed.LeadAsync(Bed.Olena, 6);
    }

    [Fact]
    public async Task UnverifiedAgent_CannotPassTheLimitByManyAtOnce()
    {
        var tries = await Task.WhenAll(
            Enumerable
                .Range(1, 8)
                .Select(async number =>
                {
                    try
                    {
                        await Bed.LeadAsync(Bed.Olena, number);
                        return true;
                    }
                    catch (InvalidInputException)
                    {
                        return false;
                    }
                })
        );

        Assert.Equal(5, tries.Count(isMade => isMade));
        Assert.Equal(5, await Bed.ReadAsync(db => db.Leads.CountAsync(lead => lead.AgentId == Bed.Olena.UserId)));
    }

    [Fact]
    public async Task VerifiedAgents_AreListedWithTheirRate()
    {
        await Review.ApproveAsync(Bed.Ada, await AskAsync(Bed.Olena), 2.5m, null, Token);

        var agents = (await Queries.VerifiedAsync(Bed.Nina, 1, Token)).Rows;

        Assert.Equal(
            [("Олена Гнатюк", (decimal?)2.5m), ("Тарас Вовк", null)],
            agents.Select(agent => (agent.Name, agent.Percent))
        );
    }

    private Task<VerificationFault?> TryAskAsync(Actor actor) =>
        _people.Get<VerificationService>().AskAsync(actor, null, [VerificationFiles.HandedIn()], Token);

    private async Task<Guid> AskAsync(Actor actor)
    {
        Assert.Null(await TryAskAsync(actor));
        return await Bed.ReadAsync(db =>
            db.VerificationRequests.Where(row => row.UserId == actor.UserId && row.State == VerificationState.Waiting)
                .Select(row => row.Id)
                .SingleAsync()
        );
    }

    private async Task<IEnumerable<string>> QueueAsync(Actor actor) =>
        (await Queries.QueueAsync(actor, 1, Token)).Rows.Select(row => row.Agent);
}
