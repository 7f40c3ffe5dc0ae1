using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Bulk;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Leads.Bulk;

public sealed class BulkActTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private BulkActs Acts => _bed.Get<BulkActs>();

    private LeadService Leads => _bed.Get<LeadService>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Move_OfAllThatMatch_ChangesEach_AndIsAuditedAsOne()
    {
        var leads = await SeedAsync(3);
        await _bed.LeadAsync(_bed.James, 90);
        var stage = await _bed.StageAsync(LeadStatus.Contacted);

        var act = await BeginAsync(
            _bed.Nina,
            new(BulkKind.Move, stage),
            new BulkTarget(null, new LeadListQuery { AgentIds = [_bed.Olena.UserId] }, "?agent=…")
        );
        await RunAsync();

        foreach (var lead in leads)
        {
            Assert.Equal(stage, (await _bed.LoadAsync(lead)).StageId);
        }

        var report = Assert.Single(await Acts.ReportsAsync(_bed.Nina, Token));
        Assert.Equal((BulkState.Done, 3, 3, 0), (report.State, report.Total, report.Changed, report.Refused));
        Assert.Equal("На зв'язку", report.Target);
        var events = await EventsAsync();
        Assert.Equal([SecurityEventKind.BulkActBegun, SecurityEventKind.BulkActEnded], events.Select(row => row.Kind));
        Assert.All(events, row => Assert.Equal(act.ToString(), row.Details["bulk"]));
        Assert.Equal("?agent=…", events[0].Details["filter"]);
        Assert.Equal("3", events[1].Details["changed"]);
    }

    [Fact]
    public async Task Undo_TakesBackEach_ButWhatAColleagueHasChangedSince()
    {
        var leads = await SeedAsync(3);
        var (first, second, third) = (
            await _bed.StageAsync(LeadStatus.New),
            await _bed.StageAsync(LeadStatus.Contacted),
            await _bed.StageAsync(LeadStatus.Qualified)
        );
        var act = await BeginAsync(_bed.Nina, new(BulkKind.Move, second), leads);
        await RunAsync();
        await Leads.MoveAsync(_bed.Olena, leads[0], third, null, Token);
        // There and back again: where it stands is the colleague's decision too.
        await Leads.MoveAsync(_bed.Olena, leads[1], third, null, Token);
        await Leads.MoveAsync(_bed.Olena, leads[1], second, null, Token);

        Assert.Equal(3, await Acts.UndoAsync(_bed.Nina, act, Guid.CreateVersion7(), Token));
        await RunAsync();

        Assert.Equal([third, second, first], await StagesAsync(leads));
        var report = Assert.Single(await Acts.ReportsAsync(_bed.Nina, Token));
        Assert.Equal(
            (BulkKind.Undo, BulkKind.Move, 1, 2, false),
            (report.Kind, report.UndoneKind, report.Changed, report.LeftAlone, report.CanUndo)
        );
        Assert.Equal(0, await Acts.UndoAsync(_bed.Nina, act, Guid.CreateVersion7(), Token));
        var left = await Acts.RemaindersAsync(_bed.Nina, report.Id, 0, Token);
        Assert.Equal([leads[0], leads[1]], left.Select(row => row.LeadId).Order());
    }

    [Fact]
    public async Task Lost_AsksForTheReason_AndUndoTakesItAway()
    {
        var leads = await SeedAsync(2);
        var lost = await _bed.StageAsync(LeadStatus.Lost);
        var missing = await Assert.ThrowsAsync<InvalidInputException>(() =>
            BeginAsync(_bed.Nina, new(BulkKind.Move, lost), leads)
        );
        Assert.Equal(nameof(LeadField.RefusalReason), missing.Errors[0].Field);
        var reason = LeadOptions.For(LeadField.RefusalReason)![0];

        var act = await BeginAsync(_bed.Nina, new(BulkKind.Move, lost, reason), leads);
        await RunAsync();
        Assert.Equal(reason, (await _bed.LoadAsync(leads[0])).RefusalReason);
        await Acts.UndoAsync(_bed.Nina, act, Guid.CreateVersion7(), Token);
        await RunAsync();

        var lead = await _bed.LoadAsync(leads[0]);
        Assert.Equal((LeadStatus.New, null), (lead.Status, lead.RefusalReason));
    }

    [Fact]
    public async Task Transfer_GoesToTheOwnTeamOnly_AndNotByAgents()
    {
        var leads = await SeedAsync(2);

        await Assert.ThrowsAsync<ForbiddenException>(() =>
            BeginAsync(_bed.Olena, new(BulkKind.Transfer, AgentId: _bed.Taras.UserId), leads)
        );
        await Assert.ThrowsAsync<ForbiddenException>(() =>
            BeginAsync(_bed.Nina, new(BulkKind.Transfer, AgentId: _bed.James.UserId), leads)
        );
        var act = await BeginAsync(
            _bed.Nina,
            new(BulkKind.Transfer, AgentId: _bed.Taras.UserId, Reason: "Відпустка"),
            leads
        );
        await RunAsync();
        Assert.Equal(_bed.Taras.UserId, (await _bed.LoadAsync(leads[1])).AgentId);
        await Acts.UndoAsync(_bed.Nina, act, Guid.CreateVersion7(), Token);
        await RunAsync();

        Assert.Equal(_bed.Olena.UserId, (await _bed.LoadAsync(leads[1])).AgentId);
    }

    [Fact]
    public async Task Right_IsJudgedWhenALeadsTurnComes_AndRefusalsAreTold()
    {
        var leads = await SeedAsync(2);
        var act = await BeginAsync(_bed.Olena, new(BulkKind.Archive), leads);
        await Leads.TransferAsync(_bed.Nina, leads[0], _bed.Taras.UserId, null, Token);

        await RunAsync();

        Assert.Null((await _bed.LoadAsync(leads[0])).ArchivedAt);
        Assert.NotNull((await _bed.LoadAsync(leads[1])).ArchivedAt);
        var refused = Assert.Single(await Acts.RemaindersAsync(_bed.Olena, act, 0, Token));
        Assert.Equal((leads[0], null, BulkRefusal.OutOfSight), (refused.LeadId, refused.ClientName, refused.Code));
    }

    [Fact]
    public async Task WhoeverIsSwitchedOffMeanwhile_ChangesNothingMore()
    {
        var leads = await SeedAsync(1);
        await BeginAsync(_bed.Olena, new(BulkKind.Archive), leads);
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, token) =>
                    db
                        .Users.Where(user => user.Id == _bed.Olena.UserId)
                        .ExecuteUpdateAsync(row => row.SetProperty(user => user.IsActive, false), token),
                Token
            );

        await RunAsync();

        Assert.Null((await _bed.LoadAsync(leads[0])).ArchivedAt);
        Assert.Equal(BulkState.Stopped, Assert.Single(await Acts.ReportsAsync(_bed.Olena, Token)).State);
    }

    [Fact]
    public async Task Restore_OfAPhoneTakenMeanwhile_IsRefusedForThatLeadAlone()
    {
        var leads = await SeedAsync(2);
        await BeginAsync(_bed.Olena, new(BulkKind.Archive), leads);
        await RunAsync();
        await _bed.LeadAsync(_bed.Olena, 0, "Той самий");

        var act = await BeginAsync(
            _bed.Olena,
            new(BulkKind.Restore),
            new BulkTarget(null, new LeadListQuery { Archived = true }, "")
        );
        await RunAsync();

        Assert.NotNull((await _bed.LoadAsync(leads[0])).ArchivedAt);
        Assert.Null((await _bed.LoadAsync(leads[1])).ArchivedAt);
        Assert.Equal(
            FieldErrorCode.DuplicateOwn,
            Assert.Single(await Acts.RemaindersAsync(_bed.Olena, act, 0, Token)).Code
        );
    }

    [Fact]
    public async Task Tag_PutOnMany_AndTakenBack_LeavesWhereItWasBefore()
    {
        var (leads, tag) = (await SeedAsync(2), Guid.CreateVersion7());
        var tags = _bed.Get<TagService>();
        await tags.SaveAsync(_bed.Nina, tag, "VIP", TagColour.Red, Token);
        await tags.SetAsync(_bed.Olena, leads[0], tag, isOn: true, Token);

        var act = await BeginAsync(_bed.Olena, new(BulkKind.AddTag, TagId: tag), leads);
        await RunAsync();
        Assert.Equal(2, (await tags.OfAsync(_bed.Olena, leads, Token)).Count);
        await Acts.UndoAsync(_bed.Olena, act, Guid.CreateVersion7(), Token);
        await RunAsync();

        Assert.Equal([leads[0]], (await tags.OfAsync(_bed.Olena, leads, Token)).Keys);
    }

    [Fact]
    public async Task Stopped_LeavesTheRest_AndWhatWasDoneCanBeTakenBack()
    {
        var leads = await SeedAsync(BulkRunner.BatchSize + 20);
        var act = await BeginAsync(_bed.Olena, new(BulkKind.Archive), leads);
        await _bed.Get<BulkRunner>().RunNextAsync(Token);
        await Acts.StopAsync(_bed.Olena, act, Token);

        await RunAsync();

        var report = Assert.Single(await Acts.ReportsAsync(_bed.Olena, Token));
        Assert.Equal((BulkState.Stopped, BulkRunner.BatchSize, true), (report.State, report.Changed, report.CanUndo));
        await Acts.UndoAsync(_bed.Olena, act, Guid.CreateVersion7(), Token);
        await RunAsync();
        Assert.Equal(0, await _bed.ReadAsync(db => db.Leads.CountAsync(lead => lead.ArchivedAt != null, Token)));
    }

    [Fact]
    public async Task TwoInstances_ChangeNoLeadTwice()
    {
        var leads = await SeedAsync((2 * BulkRunner.BatchSize) + 10);
        await BeginAsync(_bed.Olena, new(BulkKind.Archive), leads);
        var runner = _bed.Get<BulkRunner>();

        await Task.WhenAll(RunAsync(), RunAsync());
        Assert.False(await runner.RunNextAsync(Token));

        var report = Assert.Single(await Acts.ReportsAsync(_bed.Olena, Token));
        Assert.Equal((BulkState.Done, leads.Count, leads.Count), (report.State, report.Processed, report.Changed));
    }

    [Fact]
    public async Task SameKeyTwice_IsOneAct_AndNobodyElses()
    {
        var leads = await SeedAsync(1);
        var act = await BeginAsync(_bed.Olena, new(BulkKind.Archive), leads);

        await Acts.BeginAsync(_bed.Olena, act, new(BulkKind.Archive), new(leads, null, null), Token);

        Assert.Equal(1, await _bed.ReadAsync(db => db.BulkActs.CountAsync(Token)));
        await Assert.ThrowsAsync<NotFoundException>(() => Acts.StopAsync(_bed.Nina, act, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => Acts.RemaindersAsync(_bed.Nina, act, 0, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => Acts.UndoAsync(_bed.Nina, act, Guid.CreateVersion7(), Token));
    }

    [Fact]
    public async Task TooManyAtOnce_AreRefused()
    {
        var leads = await SeedAsync(1);
        for (var number = 0; number < BulkAct.MostAtOnce; number++)
        {
            await BeginAsync(_bed.Olena, new(BulkKind.Archive), leads);
        }

        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() =>
            BeginAsync(_bed.Olena, new(BulkKind.Archive), leads)
        );
        Assert.Equal(FieldErrorCode.TooMany, refusal.Errors[0].Code);
    }

    [Fact]
    public async Task LeadsOutOfSight_AreNoPartOfIt()
    {
        var foreign = await _bed.LeadAsync(_bed.James, 1);

        Assert.Equal(
            0,
            await Acts.BeginAsync(
                _bed.Olena,
                Guid.CreateVersion7(),
                new(BulkKind.Archive),
                new([foreign.Id], null, null),
                Token
            )
        );
    }

    private async Task<List<Guid>> SeedAsync(int count)
    {
        var ids = new List<Guid>();
        for (var number = 0; number < count; number++)
        {
            ids.Add((await _bed.LeadAsync(_bed.Olena, number)).Id);
        }

        return ids;
    }

    private Task<Guid> BeginAsync(Actor actor, BulkOrder order, IReadOnlyCollection<Guid> leads) =>
        BeginAsync(actor, order, new BulkTarget(leads, null, null));

    private async Task<Guid> BeginAsync(Actor actor, BulkOrder order, BulkTarget target)
    {
        var id = Guid.CreateVersion7();
        await Acts.BeginAsync(actor, id, order, target, Token);
        return id;
    }

    private async Task RunAsync()
    {
        while (await _bed.Get<BulkRunner>().RunNextAsync(Token)) { }
    }

    private async Task<IReadOnlyList<Guid>> StagesAsync(IEnumerable<Guid> leads)
    {
        var stages = new List<Guid>();
        foreach (var lead in leads)
        {
            stages.Add((await _bed.LoadAsync(lead)).StageId);
        }

        return stages;
    }

    private Task<List<SecurityEvent>> EventsAsync() =>
        _bed.ReadAsync(db =>
            db.SecurityEvents.Where(row =>
                    row.Kind == SecurityEventKind.BulkActBegun || row.Kind == SecurityEventKind.BulkActEnded
                )
                .OrderBy(row => row.Id)
                .ToListAsync(Token)
        );
}
