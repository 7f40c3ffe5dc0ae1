using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Claims;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Notifications;
using Xunit;

namespace ProPartHub.Tests.Claims;

/// <summary>Who registers a client first has the client for a while; others learn no more than that and may ask.</summary>
public sealed class ClaimTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ClaimRequests Requests => _bed.Get<ClaimRequests>();

    private ClaimQueries Queries => _bed.Get<ClaimQueries>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Registration_HoldsTheClientToTheEndOfTheNinetiethDay()
    {
        var lead = await _bed.LeadAsync(_bed.Taras, 1);

        _bed.Time.Advance(TimeSpan.FromDays(90));
        Assert.Equal(
            new LeadProtection(new DateOnly(2026, 5, 31), 90, IsOver: false),
            await _bed.Get<Protection>().OfLeadAsync(_bed.Taras, lead.Id, Token)
        );
        await AssertRefusedAsync(FieldErrorCode.DuplicateForeign, () => _bed.LeadAsync(_bed.Olena, 1));

        // In Kyiv the next day begins three hours before UTC's.
        _bed.Time.SetUtcNow(new DateTimeOffset(2026, 5, 31, 21, 0, 0, TimeSpan.Zero));
        Assert.True((await _bed.Get<Protection>().OfLeadAsync(_bed.Taras, lead.Id, Token))!.IsOver);
        var second = await _bed.LeadAsync(_bed.Olena, 1);

        Assert.Equal(Attention.SharedPhone, (await _bed.LoadAsync(lead.Id)).Attention);
        Assert.Equal(Attention.SharedPhone, (await _bed.LoadAsync(second.Id)).Attention);
        Assert.Equal(_bed.Taras.UserId, (await _bed.LoadAsync(lead.Id)).AgentId);
        var mark = await _bed.ReadAsync(db =>
            db.LeadEvents.Where(row => row.LeadId == lead.Id).OrderByDescending(row => row.Id).FirstAsync()
        );
        Assert.Null(mark.ActorId);
        Assert.DoesNotContain(_bed.Olena.Name, mark.ActorName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WorkOfItsAgent_KeepsTheClient_TheWordsOfOthersDoNot()
    {
        var lead = await _bed.LeadAsync(_bed.Taras, 1);
        _bed.Time.Advance(TimeSpan.FromDays(80));
        await _bed.CommentAsync(_bed.Nina, lead.Id, "Коли подзвоните?");
        Assert.Equal(new DateOnly(2026, 5, 31), await LastDayAsync(lead.Id));

        await _bed.CommentAsync(_bed.Taras, lead.Id, "Подзвонив");
        Assert.Equal(new DateOnly(2026, 8, 19), await LastDayAsync(lead.Id));
        _bed.Time.Advance(TimeSpan.FromDays(20));
        await AssertRefusedAsync(FieldErrorCode.DuplicateForeign, () => _bed.LeadAsync(_bed.Olena, 1));
    }

    [Fact]
    public async Task OwnLeadLeftAlone_IsOpenedAndNotRegisteredAgain()
    {
        await _bed.LeadAsync(_bed.Olena, 1);
        _bed.Time.Advance(TimeSpan.FromDays(200));

        await AssertRefusedAsync(FieldErrorCode.DuplicateOwn, () => _bed.LeadAsync(_bed.Olena, 1));
    }

    [Fact]
    public async Task LaterAgent_LearnsThatTheClientIsHeld_AndNothingElse()
    {
        await _bed.LeadAsync(_bed.Taras, 1, "Таємна");

        var found = await _bed.Get<DuplicateCheck>().FindAsync(_bed.Olena, HubBed.Input(1).Phone, null, null, Token);
        Assert.Equal(
            (0, true, true, true),
            (found.Own.Count, found.IsRegisteredElsewhere, found.BlocksPhone, found.MayAsk)
        );

        _bed.Time.Advance(TimeSpan.FromDays(91));
        var later = await _bed.Get<DuplicateCheck>().FindAsync(_bed.Olena, HubBed.Input(1).Phone, null, null, Token);
        Assert.Equal(
            (0, false, false, false),
            (later.Own.Count, later.IsRegisteredElsewhere, later.BlocksPhone, later.MayAsk)
        );
    }

    [Fact]
    public async Task Asked_TellsTheTeamsManager_WhoSeesBothHistories()
    {
        var lead = await _bed.LeadAsync(_bed.Taras, 1, "Марія");
        await _bed.CommentAsync(_bed.Taras, lead.Id);
        var earlier = await EarlierLeadAsync();

        Assert.True(await AskAsync(_bed.Olena, words: "Вона моя сусідка"));

        Assert.Contains(NotificationKind.ClaimAsked, await _bed.KindsAsync(_bed.Nina));
        Assert.Empty(await _bed.KindsAsync(_bed.Mark));
        var item = Assert.Single((await Queries.QueueAsync(_bed.Nina, 1, Token)).Rows);
        Assert.Equal(("Вона моя сусідка", "Тарас Вовк", 1), (item.Words, item.Holder.Agent, item.Holder.Comments));
        Assert.Equal(LeadEventKind.CommentAdded, item.Holder.Last[0].Kind);
        Assert.Equal(("Олена Гнатюк", 0), (item.Asker.Agent, item.Asker.AskedBefore));
        Assert.Equal(earlier, Assert.Single(item.Asker.Earlier).Id);
        Assert.Empty((await Queries.QueueAsync(_bed.Mark, 1, Token)).Rows);

        var own = Assert.Single((await Queries.OwnAsync(_bed.Olena, 1, Token)).Rows);
        Assert.Equal((HubBed.Input(1).Phone, ClaimState.Waiting), (own.Phone, own.State));
        Assert.Empty((await Queries.OwnAsync(_bed.Taras, 1, Token)).Rows);
    }

    [Fact]
    public async Task Granted_TheLeadChangesHands_AndBothAgentsAreTold()
    {
        var lead = await _bed.LeadAsync(_bed.Taras, 1);
        await AskAsync(_bed.Olena);

        var state = await Requests.GrantAsync(_bed.Nina, await WaitingAsync(), "Клієнтка сама попросила", Token);
        await _bed.NotifyAsync(Token);

        Assert.Equal(ClaimState.Granted, state);
        Assert.Equal(_bed.Olena.UserId, (await _bed.LoadAsync(lead.Id)).AgentId);
        Assert.Contains(NotificationKind.ClaimDecided, await _bed.KindsAsync(_bed.Olena));
        Assert.Contains(NotificationKind.LeadAssigned, await _bed.KindsAsync(_bed.Olena));
        Assert.Contains(NotificationKind.LeadTaken, await _bed.KindsAsync(_bed.Taras));
        var moved = await _bed.ReadAsync(db => db.LeadEvents.SingleAsync(row => row.Kind == LeadEventKind.Transferred));
        Assert.Contains(new FieldChange(FieldChange.Reason, null, "Клієнтка сама попросила"), moved.Changes);
        Assert.Equal(1, await CountAsync(SecurityEventKind.ClaimDecided));
    }

    [Fact]
    public async Task Refused_TheClientStays_AndBothAgentsAreTold()
    {
        var lead = await _bed.LeadAsync(_bed.Taras, 1);
        await AskAsync(_bed.Olena);

        await Requests.RefuseAsync(_bed.Nina, await WaitingAsync(), "Тарас веде угоду", Token);

        Assert.Equal(_bed.Taras.UserId, (await _bed.LoadAsync(lead.Id)).AgentId);
        Assert.False(Assert.Single(await _bed.NoticesAsync(_bed.Olena)).Facts.IsGranted);
        Assert.Contains(NotificationKind.ClaimKept, await _bed.KindsAsync(_bed.Taras));
        var own = Assert.Single((await Queries.OwnAsync(_bed.Olena, 1, Token)).Rows);
        Assert.Equal((ClaimState.Refused, "Тарас веде угоду"), (own.State, own.Decision));
        var told = await _bed.ReadAsync(db => db.LeadEvents.SingleAsync(row => row.Kind == LeadEventKind.ClaimRefused));
        Assert.Equal((lead.Id, _bed.Nina.UserId), (told.LeadId, told.ActorId));
    }

    [Fact]
    public async Task TwoManagersAtOnce_DecideOnce()
    {
        await _bed.LeadAsync(_bed.Taras, 1);
        await AskAsync(_bed.Olena);
        var request = await WaitingAsync();

        var states = await Task.WhenAll(
            Requests.GrantAsync(_bed.Nina, request, "Так", Token),
            Requests.RefuseAsync(_bed.Ada, request, "Ні", Token)
        );

        Assert.Equal(states[0], states[1]);
        Assert.Equal(1, await CountAsync(SecurityEventKind.ClaimDecided));
    }

    [Fact]
    public async Task AcrossTeams_AdminsDecide()
    {
        var lead = await _bed.LeadAsync(_bed.James, 1);
        await AskAsync(_bed.Olena);
        var request = await WaitingAsync();

        Assert.Contains(NotificationKind.ClaimAsked, await _bed.KindsAsync(_bed.Ada));
        foreach (var manager in new[] { _bed.Nina, _bed.Mark })
        {
            Assert.Empty((await Queries.QueueAsync(manager, 1, Token)).Rows);
            await Assert.ThrowsAsync<NotFoundException>(() => Requests.GrantAsync(manager, request, "x", Token));
        }

        await Requests.GrantAsync(_bed.Ada, request, "Домовились", Token);
        Assert.Equal(_bed.Olena.TeamId, (await _bed.LoadAsync(lead.Id)).TeamId);
    }

    [Fact]
    public async Task ClosedMeanwhile_NothingIsLeftToDecide()
    {
        var lead = await _bed.LeadAsync(_bed.Taras, 1);
        await AskAsync(_bed.Olena);
        await _bed.Get<LeadService>().ArchiveAsync(_bed.Taras, lead.Id, Token);

        Assert.Equal(ClaimState.Lapsed, await Requests.GrantAsync(_bed.Nina, await WaitingAsync(), "Так", Token));
        Assert.Equal(_bed.Taras.UserId, (await _bed.LoadAsync(lead.Id)).AgentId);
        Assert.False(await AskAsync(_bed.Olena));
    }

    [Fact]
    public async Task AskingTwice_AsksOnce_AndMayBeTakenBack()
    {
        await _bed.LeadAsync(_bed.Taras, 1);
        await Task.WhenAll(AskAsync(_bed.Olena), AskAsync(_bed.Olena));
        var request = await WaitingAsync();

        await Assert.ThrowsAsync<NotFoundException>(() => Requests.WithdrawAsync(_bed.Taras, request, Token));
        await Requests.WithdrawAsync(_bed.Olena, request, Token);

        Assert.Equal(ClaimState.Withdrawn, await Requests.RefuseAsync(_bed.Nina, request, "Ні", Token));
    }

    [Fact]
    public async Task ManyQuestionsAtOnce_AreRefused()
    {
        for (var number = 0; number <= ClaimRequest.MostWaiting; number++)
        {
            await _bed.LeadAsync(_bed.Taras, number);
        }

        for (var number = 0; number < ClaimRequest.MostWaiting; number++)
        {
            Assert.True(await AskAsync(_bed.Olena, number));
        }

        await AssertRefusedAsync(FieldErrorCode.TooMany, () => AskAsync(_bed.Olena, ClaimRequest.MostWaiting));
    }

    [Fact]
    public async Task LeadInThePool_HoldsItsClientForGood_AndIsGivenByItsManager()
    {
        var lead = await _bed.Get<LeadService>().CreateAsync(_bed.Nina, HubBed.Input(1), null, Token);
        _bed.Time.Advance(TimeSpan.FromDays(365));
        await AssertRefusedAsync(FieldErrorCode.DuplicateForeign, () => _bed.LeadAsync(_bed.Olena, 1));

        await AskAsync(_bed.Olena);
        await Requests.GrantAsync(_bed.Nina, await WaitingAsync(), "Беріть", Token);

        Assert.Equal(_bed.Olena.UserId, (await _bed.LoadAsync(lead.Id)).AgentId);
    }

    [Fact]
    public async Task Rule_IsForAdmins_AndHoldsAtOnce()
    {
        await _bed.LeadAsync(_bed.Taras, 1);
        _bed.Time.Advance(TimeSpan.FromDays(31));
        var protection = _bed.Get<Protection>();
        var opened = await protection.RuleAsync(_bed.Nina, Token);

        await Assert.ThrowsAsync<ForbiddenException>(() =>
            protection.SaveRuleAsync(_bed.Nina, opened, new() { Days = 30 }, Token)
        );
        await AssertRefusedAsync(
            FieldErrorCode.OutOfRange,
            () => protection.SaveRuleAsync(_bed.Ada, opened, new() { Days = 0 }, Token)
        );
        Assert.True(await protection.SaveRuleAsync(_bed.Ada, opened, new() { Days = 30 }, Token));
        Assert.False(await protection.SaveRuleAsync(_bed.Ada, opened, new() { Days = 60 }, Token));

        await _bed.LeadAsync(_bed.Olena, 1);
        Assert.Equal(1, await CountAsync(SecurityEventKind.SettingChanged));
    }

    // A lead of who asks, with the same client, that was lost before.
    private async Task<Guid> EarlierLeadAsync()
    {
        var old = await _bed.LeadAsync(_bed.Olena, 7);
        var row = await _bed.LoadAsync(old.Id);
        await _bed.Get<LeadService>().ArchiveAsync(_bed.Olena, old.Id, Token);
        var opened = LeadInput.From(row);
        await _bed.Get<LeadService>()
            .EditAsync(
                _bed.Olena,
                old.Id,
                opened,
                opened with
                {
                    Phone = HubBed.Input(1).Phone,
                },
                new HashSet<LeadField>(),
                Token
            );
        return old.Id;
    }

    private Task<bool> AskAsync(Actor agent, int number = 1, string? words = null) =>
        Requests.AskAsync(agent, Guid.CreateVersion7(), HubBed.Input(number).Phone, words, Token);

    private Task<Guid> WaitingAsync() =>
        _bed.ReadAsync(db =>
            db.ClaimRequests.Where(row => row.State == ClaimState.Waiting).Select(row => row.Id).SingleAsync()
        );

    private async Task<DateOnly?> LastDayAsync(Guid leadId) =>
        (await _bed.Get<Protection>().OfLeadAsync(_bed.Taras, leadId, Token))?.LastDay;

    private Task<int> CountAsync(SecurityEventKind kind) =>
        _bed.ReadAsync(db => db.SecurityEvents.CountAsync(row => row.Kind == kind));

    private static async Task AssertRefusedAsync(string code, Func<Task> act) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<InvalidInputException>(act)).Errors[0].Code);
}
