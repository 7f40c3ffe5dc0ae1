using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Assignment;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.ServiceLevels;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Notifications;
using Xunit;

namespace ProPartHub.Tests.ServiceLevels;

/// <summary>What agents owe and what follows, in virtual time: the bed begins on a Monday at 11:00 in Kyiv.</summary>
public sealed class ServiceLevelTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ServiceLevelAdmin Admin => _bed.Get<ServiceLevelAdmin>();

    private ServiceRound Round => _bed.Get<ServiceRound>();

    private static ServiceLevelInput Answer =>
        new()
        {
            Name = "Перша відповідь",
            Limit = 2,
            Steps = [new(ServiceAct.Remind, 0), new(ServiceAct.FollowUp, 1), new(ServiceAct.Escalate, 2)],
            FollowUpTitle = "Подзвонити негайно",
        };

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Steps_AreTakenOnceEachAndInOrder_InTheNameOfTheServiceLevel()
    {
        await OnAsync(Answer);
        var lead = await _bed.LeadAsync(_bed.Olena, 1);

        Assert.Equal(0, await AfterAsync(TimeSpan.FromMinutes(119)));
        Assert.Equal(1, await AfterAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal(0, await Round.RunAsync(Token));
        Assert.Equal([NotificationKind.ServiceReminder], await _bed.KindsAsync(_bed.Olena));

        Assert.Equal(1, await AfterAsync(TimeSpan.FromHours(1)));
        var followUp = await _bed.ReadAsync(db => db.FollowUps.SingleAsync());
        Assert.Equal(("Подзвонити негайно", ChangeOrigin.System), (followUp.Title, followUp.Origin));
        // Tuesday at nine, in Kyiv's winter.
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 7, 0, 0, TimeSpan.Zero), followUp.DueAt);

        Assert.Equal(1, await AfterAsync(TimeSpan.FromHours(1)));
        Assert.Equal([NotificationKind.ServiceEscalation], await _bed.KindsAsync(_bed.Nina));
        Assert.Empty(await _bed.KindsAsync(_bed.Mark));
        Assert.Equal(0, await AfterAsync(TimeSpan.FromDays(1)));

        var history = await _bed.ReadAsync(db =>
            db.LeadEvents.Where(row => row.Kind == LeadEventKind.RuleApplied).OrderBy(row => row.Id).ToListAsync()
        );
        Assert.Equal(["Remind", "FollowUp", "Escalate"], history.Select(row => row.Changes[0].After));
        Assert.All(history, row => Assert.Equal(("Перша відповідь", ChangeOrigin.System), (row.ActorName, row.Origin)));
        Assert.Equal((await _bed.LoadAsync(lead.Id)).CreatedAt, (await _bed.LoadAsync(lead.Id)).UpdatedAt);
    }

    [Theory]
    [InlineData("comment")]
    [InlineData("stage")]
    [InlineData("follow-up")]
    [InlineData("message")]
    [InlineData("call")]
    public async Task AnAnswerOfTheAgent_EndsTheChain(string answer)
    {
        await OnAsync(Answer);
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        Assert.Equal(1, await AfterAsync(TimeSpan.FromHours(2)));

        await AnswerAsync(answer, lead.Id);

        Assert.NotNull((await _bed.LoadAsync(lead.Id)).AnsweredAt);
        Assert.Equal(0, await AfterAsync(TimeSpan.FromHours(3)));
    }

    [Theory]
    [InlineData("manager's comment")]
    [InlineData("manager's move")]
    [InlineData("client's mail")]
    public async Task WhatIsNoAnswerOfTheAgent_EndsNothing(string act)
    {
        await OnAsync(Answer);
        var lead = await _bed.LeadAsync(_bed.Olena, 1);

        await AnswerAsync(act, lead.Id);

        Assert.Equal(1, await AfterAsync(TimeSpan.FromHours(2)));
    }

    [Fact]
    public async Task Nights_DoNotCount_AndNobodyIsRemindedInThem()
    {
        await OnAsync(Answer);
        _bed.Time.Advance(TimeSpan.FromHours(6.5));
        // 17:30: half an hour today, an hour and a half tomorrow.
        await _bed.LeadAsync(_bed.Olena, 1);

        Assert.Equal(0, await AfterAsync(TimeSpan.FromHours(4)));
        Assert.Equal(0, await AfterAsync(TimeSpan.FromHours(12) + TimeSpan.FromMinutes(59)));
        Assert.Equal(1, await AfterAsync(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task LeftAlone_IsFoundByStage_AndOnlyOnceUntilItIsWorkedAgain()
    {
        var contacted = await _bed.StageAsync(LeadStatus.Contacted);
        await OnAsync(
            new()
            {
                Name = "Тиша",
                Duty = ServiceDuty.KeepInTouch,
                Limit = 3,
                StageIds = [contacted],
            }
        );
        await _bed.LeadAsync(_bed.Olena, 1);
        var quiet = await _bed.LeadAsync(_bed.Olena, 2);
        await _bed.Get<LeadService>().MoveAsync(_bed.Olena, quiet.Id, contacted, null, Token);

        Assert.Equal(0, await AfterAsync(TimeSpan.FromDays(3)));
        Assert.Equal(1, await AfterAsync(TimeSpan.FromDays(1)));
        Assert.Equal(0, await AfterAsync(TimeSpan.FromDays(3)));

        await _bed.CommentAsync(_bed.Olena, quiet.Id);
        Assert.Equal(0, await AfterAsync(TimeSpan.FromDays(2)));
        Assert.Equal(1, await AfterAsync(TimeSpan.FromDays(2)));
        Assert.Equal(
            quiet.Id,
            (
                await _bed.ReadAsync(db => db.ServiceStepsTaken.Select(row => row.LeadId).Distinct().ToListAsync())
            ).Single()
        );
    }

    [Fact]
    public async Task Reassigned_GoesByTheRules_AndTheNextAgentOwesAnAnswerAnew()
    {
        await _bed.Get<AssignmentRules>()
            .SaveAsync(
                _bed.Ada,
                Guid.CreateVersion7(),
                null,
                new()
                {
                    Name = "Черга",
                    Target = AssignmentTarget.RoundRobin,
                    TeamId = _bed.Nina.TeamId,
                },
                Token
            );
        await OnAsync(Answer with { Steps = [new(ServiceAct.Remind, 0), new(ServiceAct.Reassign, 1)] });
        var lead = await _bed.LeadAsync(_bed.Olena, 1);

        await AfterAsync(TimeSpan.FromHours(2));
        Assert.Equal(1, await AfterAsync(TimeSpan.FromHours(1)));

        var row = await _bed.LoadAsync(lead.Id);
        Assert.Equal((_bed.Taras.UserId, _bed.Time.GetUtcNow()), (row.AgentId, row.AssignedAt));
        await _bed.NotifyAsync(Token);
        Assert.Contains(NotificationKind.LeadTaken, await _bed.KindsAsync(_bed.Olena));
        Assert.Contains(NotificationKind.LeadAssigned, await _bed.KindsAsync(_bed.Taras));
        Assert.Equal(1, await AfterAsync(TimeSpan.FromHours(2)));
        Assert.Contains(NotificationKind.ServiceReminder, await _bed.KindsAsync(_bed.Taras));
    }

    [Fact]
    public async Task WhereTheRulesFindNobody_AndByItsOwnStep_TheLeadGoesToThePool()
    {
        await OnAsync(Answer with { Steps = [new(ServiceAct.Reassign, 0)] });
        var lead = await _bed.LeadAsync(_bed.Olena, 1);

        await AfterAsync(TimeSpan.FromHours(2));

        var row = await _bed.LoadAsync(lead.Id);
        Assert.Null(row.AgentId);
        Assert.False(row.AwaitsAssignment);
        Assert.Equal(0, await AfterAsync(TimeSpan.FromHours(1)));
    }

    [Fact]
    public async Task ClosedArchivedForeignAndDemoLeads_AreLeftAlone()
    {
        await OnAsync(Answer with { TeamId = _bed.Nina.TeamId });
        var won = await _bed.LeadAsync(_bed.Olena, 1);
        await _bed.Get<LeadService>().MoveAsync(_bed.Nina, won.Id, await _bed.StageAsync(LeadStatus.Won), null, Token);
        var archived = await _bed.LeadAsync(_bed.Olena, 2);
        await _bed.Get<LeadService>().ArchiveAsync(_bed.Olena, archived.Id, Token);
        await _bed.LeadAsync(_bed.James, 3);
        var demo = await _bed.LeadAsync(_bed.Olena, 4);
        await SetAsync(db =>
            db.Leads.Where(lead => lead.Id == demo.Id)
                .ExecuteUpdateAsync(row => row.SetProperty(lead => lead.IsDemo, true), Token)
        );

        Assert.Equal(0, await AfterAsync(TimeSpan.FromHours(3)));
        Assert.Equal(0, (await Admin.PreviewAsync(_bed.Nina, Answer with { TeamId = _bed.Nina.TeamId }, Token)).Total);

        await SetAsync(db =>
        {
            db.HubSpotAccounts.Add(
                new()
                {
                    PortalId = 1,
                    IsSandbox = true,
                    TimeZone = "UTC",
                }
            );
            return Task.CompletedTask;
        });
        // The reminder and, an hour past it, the follow-up.
        Assert.Equal(2, await Round.RunAsync(Token));
    }

    [Fact]
    public async Task Preview_SaysWhomItWouldMeet_AndChangesNothing()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await _bed.LeadAsync(_bed.James, 2);
        _bed.Time.Advance(TimeSpan.FromHours(3));

        var (rows, total) = await Admin.PreviewAsync(_bed.Nina, Answer with { TeamId = _bed.Nina.TeamId }, Token);

        var row = Assert.Single(rows);
        Assert.Equal((1, lead.Id, "Олена Гнатюк", 2), (total, row.Id, row.Agent, row.Step));
        Assert.Equal(2, (await Admin.PreviewAsync(_bed.Ada, Answer, Token)).Total);
        Assert.Empty(await _bed.ReadAsync(db => db.ServiceStepsTaken.ToListAsync()));
    }

    [Fact]
    public async Task SwitchedOff_NothingFollowsAnyMore()
    {
        var id = await OnAsync(Answer);
        await _bed.LeadAsync(_bed.Olena, 1);

        await Admin.SwitchAsync(_bed.Ada, id, isOn: false, Token);

        Assert.Equal(0, await AfterAsync(TimeSpan.FromHours(5)));
    }

    [Fact]
    public async Task TwoInstances_TakeEachStepOnce()
    {
        await OnAsync(Answer);
        for (var number = 0; number < 8; number++)
        {
            await _bed.LeadAsync(number % 2 == 0 ? _bed.Olena : _bed.Taras, number);
        }

        _bed.Time.Advance(TimeSpan.FromHours(2));
        var taken = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Round.RunAsync(Token)));

        Assert.Equal(8, taken.Sum());
        Assert.Equal(
            8,
            await _bed.ReadAsync(db => db.LeadEvents.CountAsync(row => row.Kind == LeadEventKind.RuleApplied))
        );
    }

    [Fact]
    public async Task Managers_MakeTheirTeams_AndReadWhatHoldsForAll()
    {
        await OnAsync(Answer);
        var own = Guid.CreateVersion7();
        await Admin.SaveAsync(_bed.Nina, own, null, Answer with { TeamId = _bed.Nina.TeamId }, Token);

        await Assert.ThrowsAsync<ForbiddenException>(() =>
            Admin.SaveAsync(_bed.Nina, Guid.CreateVersion7(), null, Answer, Token)
        );
        await Assert.ThrowsAsync<ForbiddenException>(() =>
            Admin.SaveAsync(_bed.Nina, Guid.CreateVersion7(), null, Answer with { TeamId = _bed.Mark.TeamId }, Token)
        );
        await Assert.ThrowsAsync<NotFoundException>(() => Admin.SwitchAsync(_bed.Mark, own, true, Token));
        await Assert.ThrowsAsync<ForbiddenException>(() => Admin.ListAsync(_bed.Olena, Token));
        Assert.Equal([false, true], (await Admin.ListAsync(_bed.Nina, Token)).Select(row => row.MayChange));
        Assert.Single(await Admin.ListAsync(_bed.Mark, Token));
    }

    [Fact]
    public async Task Deleted_IsOffAndComesBackOff()
    {
        var id = await OnAsync(Answer);
        await Admin.DeleteAsync(_bed.Ada, id, Token);
        Assert.Empty(await Admin.ListAsync(_bed.Ada, Token));

        await Admin.RestoreAsync(_bed.Ada, id, Token);

        Assert.False(Assert.Single(await Admin.ListAsync(_bed.Ada, Token)).IsOn);
        Assert.Equal(
            4,
            await _bed.ReadAsync(db =>
                db.SecurityEvents.CountAsync(row => row.Kind == SecurityEventKind.ServiceLevelChanged)
            )
        );
    }

    [Fact]
    public async Task StepsAfterTheLeadHasGone_AreRefused()
    {
        var refused = await Assert.ThrowsAsync<InvalidInputException>(() =>
            Admin.SaveAsync(
                _bed.Ada,
                Guid.CreateVersion7(),
                null,
                Answer with
                {
                    Steps = [new(ServiceAct.Pool, 0), new(ServiceAct.Remind, 1)],
                },
                Token
            )
        );

        Assert.Equal(ServiceLevelInput.StepsOutOfOrder, refused.Errors[0].Code);
    }

    private async Task<Guid> OnAsync(ServiceLevelInput input)
    {
        var id = Guid.CreateVersion7();
        Assert.True(await Admin.SaveAsync(_bed.Ada, id, null, input, Token));
        await Admin.SwitchAsync(_bed.Ada, id, isOn: true, Token);
        return id;
    }

    private Task<int> AfterAsync(TimeSpan time)
    {
        _bed.Time.Advance(time);
        return Round.RunAsync(Token);
    }

    private Task SetAsync(Func<HubDbContext, Task> change) =>
        _bed.Get<HubDatabase>().InTransactionAsync((db, _) => change(db), Token);

    private async Task AnswerAsync(string what, Guid leadId)
    {
        var leads = _bed.Get<LeadService>();
        switch (what)
        {
            case "comment" or "manager's comment":
                await _bed.CommentAsync(what == "comment" ? _bed.Olena : _bed.Nina, leadId);
                break;
            case "stage" or "manager's move":
                var by = what == "stage" ? _bed.Olena : _bed.Nina;
                await leads.MoveAsync(by, leadId, await _bed.StageAsync(LeadStatus.Contacted), null, Token);
                break;
            case "follow-up":
                var (id, due) = (Guid.CreateVersion7(), _bed.Time.GetUtcNow().AddDays(1));
                await _bed.Get<FollowUpService>().AddAsync(_bed.Olena, id, leadId, new("Дзвінок", null, due), Token);
                await _bed.Get<FollowUpService>().SetDoneAsync(_bed.Olena, id, isDone: true, Token);
                break;
            case "message":
                await _bed.Get<Domain.Templates.MessageTemplates>()
                    .NoteSentAsync(_bed.Olena, leadId, Domain.Templates.MessageChannel.WhatsApp, "Вітаю", Token);
                break;
            default:
                await ActivityAsync(leadId, isMail: what == "client's mail");
                break;
        }
    }

    // As the exchange takes a call or a mail in.
    private Task ActivityAsync(Guid leadId, bool isMail) =>
        SetAsync(async db =>
        {
            var lead = await db.Leads.SingleAsync(row => row.Id == leadId, Token);
            LeadWork.Note(
                lead,
                new Activity
                {
                    LeadId = leadId,
                    HubSpotId = "1",
                    Kind = isMail ? ActivityKind.Email : ActivityKind.Call,
                    Direction = isMail ? "INCOMING_EMAIL" : "OUTBOUND",
                    OccurredAt = _bed.Time.GetUtcNow(),
                },
                _bed.Time.GetUtcNow()
            );
        });
}
