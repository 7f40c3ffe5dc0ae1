using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>A value that lost against the other side is shown, brought back or let go, by those who may.</summary>
public sealed class SyncConflictTests : IAsyncLifetime
{
    private SyncDesk _desk = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SyncTroubleQueries Troubles => _desk.Get<SyncTroubleQueries>();

    public async ValueTask InitializeAsync() => _desk = await SyncDesk.CreateAsync(Token);

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Conflicts_AreSettledByThoseWhoSeeTheLead()
    {
        var lead = await _desk.LeadAsync(1);
        var conflict = await _desk.ConflictAsync(lead.Id, nameof(LeadField.ClientName), "Наше", "Їхнє");
        var service = _desk.Get<ConflictService>();

        await Assert.ThrowsAsync<NotFoundException>(() => service.RestoreAsync(_desk.Bed.James, conflict, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => service.SettleAsync(_desk.Bed.Mark, conflict, Token));
        await service.SettleAsync(_desk.Bed.Nina, conflict, Token);

        await Assert.ThrowsAsync<NotFoundException>(() => service.SettleAsync(_desk.Bed.Ada, conflict, Token));
    }

    [Fact]
    public async Task ConflictAboutTheAgent_IsNotForAgents()
    {
        var lead = await _desk.LeadAsync(1);
        var conflict = await _desk.ConflictAsync(
            lead.Id,
            nameof(LeadField.Agent),
            _desk.Bed.Olena.UserId.ToString(),
            _desk.Bed.Taras.UserId.ToString(),
            theirsWon: false
        );

        await Assert.ThrowsAsync<ForbiddenException>(() =>
            _desk.Get<ConflictService>().RestoreAsync(_desk.Bed.Olena, conflict, Token)
        );

        Assert.Equal(_desk.Bed.Olena.UserId, (await _desk.Bed.LoadAsync(lead.Id)).AgentId);
    }

    [Fact]
    public async Task Restore_BringsTheLoserBack_AndSendsItAgain()
    {
        var lead = await _desk.LeadAsync(1);
        await _desk.ForgetMarksAsync();
        var conflict = await _desk.ConflictAsync(lead.Id, nameof(LeadField.ClientName), "Наше Ім’я", "Їхнє");

        await _desk.Get<ConflictService>().RestoreAsync(_desk.Bed.Ada, conflict, Token);

        Assert.Equal("Наше Ім’я", (await _desk.Bed.LoadAsync(lead.Id)).ClientName);
        Assert.NotNull(await _desk.MarkAsync(lead.Id));
        Assert.Empty((await Troubles.ConflictsAsync(_desk.Bed.Ada, 1, Token)).Rows);
    }

    [Fact]
    public async Task Settle_TellsOpenPages_ThoughNothingOfTheLeadChanges()
    {
        var lead = await _desk.LeadAsync(1);
        var conflict = await _desk.ConflictAsync(lead.Id, nameof(LeadField.ClientName), "Наше", "Їхнє");
        var before = (await _desk.Bed.LoadAsync(lead.Id)).UpdatedAt;
        _desk.Bed.Time.Advance(TimeSpan.FromMinutes(1));

        await _desk.Get<ConflictService>().SettleAsync(_desk.Bed.Ada, conflict, Token);

        Assert.Equal(1, await _desk.EventsAsync(lead.Id, LeadEventKind.SyncStateChanged));
        Assert.Equal(before, (await _desk.Bed.LoadAsync(lead.Id)).UpdatedAt);
    }

    [Fact]
    public async Task Conflicts_ShowLabelsAndNames_InPlaceOfIds()
    {
        var lead = await _desk.LeadAsync(1);
        var won = await _desk.Bed.StageAsync(LeadStatus.Won);
        var olena = _desk.Bed.Olena;
        await _desk.ConflictAsync(lead.Id, nameof(LeadField.Stage), won.ToString(), Guid.NewGuid().ToString());
        await _desk.ConflictAsync(lead.Id, nameof(LeadField.Agent), olena.UserId.ToString(), null);
        await _desk.ConflictAsync(lead.Id, "Budget", "200000..500000", "750000..");

        var rows = (await Troubles.ConflictsAsync(_desk.Bed.Ada, 1, Token)).Rows.ToDictionary(row => row.Field);

        Assert.Equal("Угоду закрито", rows["Stage"].Ours.Text);
        Assert.Equal((olena.Name, (string?)null), (rows["Agent"].Ours.Text, rows["Agent"].Theirs.Text));
        Assert.Equal(new FieldValue(null, 200_000, 500_000), rows["Budget"].Ours);
        Assert.Equal(new FieldValue(null, 750_000, null), rows["Budget"].Theirs);
    }
}
