using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

namespace ProPartHub.Tests.Leads;

/// <summary>A field goes back to its value before a change by the way that edits go.</summary>
public sealed class LeadRestoreTests : IAsyncLifetime
{
    private HubBed _bed = null!;
    private Guid _lead;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LeadService Leads => _bed.Get<LeadService>();

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _lead = (await _bed.LeadAsync(_bed.Olena, 1)).Id;
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Restore_WritesTheOldValue_AnEventAndAMark_AndOthersStay()
    {
        await EditAsync(input => input with { Email = "new@example.com", Company = "Нова" });
        var change = await LastAsync();
        await ForgetMarksAsync();

        var result = await RestoreAsync(_bed.Olena, change, LeadField.Company);

        Assert.Equal((true, LeadField.Company), (result.Saved, Assert.Single(result.Changed)));
        var lead = await _bed.LoadAsync(_lead);
        Assert.Equal((null, "new@example.com"), (lead.Company, lead.Email));
        var undo = await LastAsync();
        Assert.Equal(new FieldChange("Company", "Нова", null), Assert.Single(undo.Changes));
        Assert.Equal((_bed.Olena.UserId, ChangeOrigin.Portal), (undo.ActorId, undo.Origin));
        Assert.True(
            await _bed.ReadAsync(db => db.Outbox.AnyAsync(row => row.Kind == OutboxKind.Lead && row.SubjectId == _lead))
        );

        // The event of the restore takes it back again.
        await RestoreAsync(_bed.Olena, undo, LeadField.Company);
        Assert.Equal("Нова", (await _bed.LoadAsync(_lead)).Company);
    }

    [Fact]
    public async Task ChangedSince_AsksFirst()
    {
        await EditAsync(input => input with { Company = "Перша" });
        var change = await LastAsync();
        await EditAsync(input => input with { Company = "Друга" });

        var result = await RestoreAsync(_bed.Nina, change, LeadField.Company);

        Assert.False(result.Saved);
        Assert.Equal(("Друга", null), (result.Conflicts[0].Current, result.Conflicts[0].Typed));
        Assert.Equal("Друга", (await _bed.LoadAsync(_lead)).Company);
        Assert.True((await RestoreAsync(_bed.Nina, change, LeadField.Company, overrule: true)).Saved);
        Assert.Null((await _bed.LoadAsync(_lead)).Company);
    }

    [Fact]
    public async Task OldValue_ObeysTheRulesOfToday()
    {
        await EditAsync(input => input with { Phone = "+380509999999" });
        var change = await LastAsync();
        await _bed.LeadAsync(_bed.Olena, 1, "Інший");

        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() =>
            RestoreAsync(_bed.Olena, change, LeadField.Phone)
        );

        Assert.Equal(FieldErrorCode.DuplicateOwn, refusal.Errors[0].Code);
    }

    [Fact]
    public async Task Stage_GoesBack_AndAsksWhenMovedOn()
    {
        var first = (await _bed.LoadAsync(_lead)).StageId;
        await Leads.MoveAsync(_bed.Olena, _lead, await _bed.StageAsync(LeadStatus.Contacted), null, Token);
        var change = await LastAsync();
        await Leads.MoveAsync(_bed.Olena, _lead, await _bed.StageAsync(LeadStatus.Qualified), null, Token);

        Assert.False((await RestoreAsync(_bed.Olena, change, LeadField.Stage)).Saved);
        Assert.NotEqual(first, (await _bed.LoadAsync(_lead)).StageId);
        Assert.True((await RestoreAsync(_bed.Olena, change, LeadField.Stage, overrule: true)).Saved);

        Assert.Equal(first, (await _bed.LoadAsync(_lead)).StageId);
        Assert.Equal(LeadEventKind.StageChanged, (await LastAsync()).Kind);
    }

    [Fact]
    public async Task Agent_GoesBack_ByManagersOnly()
    {
        await Leads.TransferAsync(_bed.Nina, _lead, _bed.Taras.UserId, "відпустка", Token);
        var change = await LastAsync();

        await Assert.ThrowsAsync<ForbiddenException>(() => RestoreAsync(_bed.Taras, change, LeadField.Agent));
        Assert.False(LeadService.CanRestore(_bed.Taras, change, change.Changes[0]));
        await RestoreAsync(_bed.Nina, change, LeadField.Agent);

        Assert.Equal(_bed.Olena.UserId, (await _bed.LoadAsync(_lead)).AgentId);
    }

    [Theory]
    [InlineData(LeadField.Stage)]
    [InlineData(LeadField.Agent)]
    public async Task SomebodyWhoMovesItInTheSameMoment_IsNotOverruledUnasked(LeadField field)
    {
        var change = await MovedAsync(field);
        var (column, theirs) =
            field is LeadField.Stage
                ? ("stage_id", await _bed.StageAsync(LeadStatus.Qualified))
                : ("agent_id", _bed.Nina.UserId);
        await using var other = await HeldTransaction.BeginAsync(
            _bed.ConnectionString,
            $"UPDATE leads SET {column} = @value WHERE id = @id",
            Token,
            ("value", theirs),
            ("id", _lead)
        );

        var restoring = RestoreAsync(_bed.Nina, change, field);
        await other.UntilWaitedForAsync(Token);
        await other.CommitAsync(Token);
        var result = await restoring;

        Assert.False(result.Saved);
        Assert.Equal($"{theirs}", Assert.Single(result.Conflicts).Current);
        Assert.Equal($"{theirs}", LeadFields.Read(await _bed.LoadAsync(_lead), field));
        Assert.Equal(change.Id, (await LastAsync()).Id);
    }

    [Fact]
    public async Task Conflict_NamesWhoMovedItOn()
    {
        var change = await MovedAsync(LeadField.Stage);
        await Leads.MoveAsync(_bed.Nina, _lead, await _bed.StageAsync(LeadStatus.Qualified), null, Token);

        var result = await RestoreAsync(_bed.Olena, change, LeadField.Stage);

        Assert.Equal(_bed.Nina.Name, Assert.Single(result.Conflicts).ChangedBy);
    }

    [Fact]
    public async Task MoveTakenBack_BringsTheReasonBackToo_AndLeavesALaterMove()
    {
        var before = await Leads.MoveAsync(
            _bed.Olena,
            _lead,
            await _bed.StageAsync(LeadStatus.Lost),
            LeadOptions.For(LeadField.RefusalReason)![0],
            Token
        );
        var lost = (await _bed.LoadAsync(_lead)).StageId;
        Assert.True(await Leads.TakeMoveBackAsync(_bed.Olena, _lead, before, lost, Token));
        var lead = await _bed.LoadAsync(_lead);
        Assert.Equal((before.StageId, null), (lead.StageId, lead.RefusalReason));

        // Somebody moves it on in the very moment.
        var theirs = await _bed.StageAsync(LeadStatus.Qualified);
        await Leads.MoveAsync(_bed.Olena, _lead, await _bed.StageAsync(LeadStatus.Contacted), null, Token);
        var mine = (await _bed.LoadAsync(_lead)).StageId;
        await using var other = await HeldTransaction.BeginAsync(
            _bed.ConnectionString,
            "UPDATE leads SET stage_id = @value WHERE id = @id",
            Token,
            ("value", theirs),
            ("id", _lead)
        );
        var takingBack = Leads.TakeMoveBackAsync(_bed.Olena, _lead, before, mine, Token);
        await other.UntilWaitedForAsync(Token);
        await other.CommitAsync(Token);

        Assert.False(await takingBack);
        Assert.Equal(theirs, (await _bed.LoadAsync(_lead)).StageId);
    }

    [Fact]
    public async Task ForeignLeadsAndEvents_AreNotThere()
    {
        await EditAsync(input => input with { Company = "Нова" });
        var change = await LastAsync();
        var other = (await _bed.LeadAsync(_bed.James, 2)).Id;

        await Assert.ThrowsAsync<NotFoundException>(() => RestoreAsync(_bed.James, change, LeadField.Company));
        await Assert.ThrowsAsync<NotFoundException>(() => RestoreAsync(_bed.Olena, change, LeadField.Email));
        await Assert.ThrowsAsync<NotFoundException>(() =>
            Leads.RestoreFieldAsync(_bed.James, other, change.Id, LeadField.Company, false, Token)
        );
        var created = await _bed.ReadAsync(db =>
            db.LeadEvents.SingleAsync(row => row.LeadId == _lead && row.Kind == LeadEventKind.Created)
        );
        await Assert.ThrowsAsync<NotFoundException>(() => RestoreAsync(_bed.Olena, created, LeadField.Phone));
    }

    // A change of the stage or the agent that can be taken back.
    private async Task<LeadEvent> MovedAsync(LeadField field)
    {
        await (
            field is LeadField.Stage
                ? Leads.MoveAsync(_bed.Olena, _lead, await _bed.StageAsync(LeadStatus.Contacted), null, Token)
                : Leads.TransferAsync(_bed.Nina, _lead, _bed.Taras.UserId, "відпустка", Token)
        );
        return await LastAsync();
    }

    private Task<LeadEditResult> RestoreAsync(Actor by, LeadEvent change, LeadField field, bool overrule = false) =>
        Leads.RestoreFieldAsync(by, _lead, change.Id, field, overrule, Token);

    private async Task EditAsync(Func<LeadInput, LeadInput> edit)
    {
        var opened = LeadInput.From(await _bed.LoadAsync(_lead));
        await Leads.EditAsync(_bed.Olena, _lead, opened, edit(opened), new HashSet<LeadField>(), Token);
    }

    private Task<LeadEvent> LastAsync() =>
        _bed.ReadAsync(db =>
            db.LeadEvents.Where(row => row.LeadId == _lead).OrderByDescending(row => row.Id).FirstAsync()
        );

    private Task ForgetMarksAsync() => _bed.ReadAsync(db => db.Outbox.ExecuteDeleteAsync(Token));
}
