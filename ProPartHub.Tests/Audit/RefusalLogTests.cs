using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Telemetry;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Audit;

/// <summary>What services refuse is in the audit: who, which act, about what; and nobody can flood it by being refused.</summary>
public sealed class RefusalLogTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RefusalLog Refusals => _bed.Get<RefusalLog>();

    private LeadService Leads => _bed.Get<LeadService>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task SomebodyElsesLead_IsTheAuditsToKnow_AndNotTheirs()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var (taras, details) = (Heard(_bed.Taras), _bed.Get<LeadQueries>());

        var hidden = await Assert.ThrowsAsync<NotFoundException>(() => details.DetailsAsync(taras, lead.Id, Token));
        var missing = await Assert.ThrowsAsync<NotFoundException>(() =>
            details.DetailsAsync(taras, Guid.NewGuid(), Token)
        );

        Assert.Equal(missing.Message, hidden.Message);
        var row = Assert.Single(await RowsAsync());
        Assert.Equal(
            (SecurityEventKind.AccessDenied, taras.UserId, taras.Name, taras.Address, lead.Id, _bed.Time.GetUtcNow()),
            (row.Kind, row.ActorId, row.ActorName, row.Address, row.LeadId, row.OccurredAt)
        );
        Assert.Equal(nameof(GuardedAct.ReachLead), row.Details["act"]);
    }

    [Fact]
    public async Task WhatIsThere_AndWasNotRefused_IsNotRecorded()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var olena = Heard(_bed.Olena);

        await _bed.Get<LeadQueries>().DetailsAsync(olena, lead.Id, Token);
        await Leads.ArchiveAsync(olena, lead.Id, Token);
        await Assert.ThrowsAsync<NotFoundException>(() => Leads.ArchiveAsync(olena, Guid.NewGuid(), Token));
        await Assert.ThrowsAsync<NotFoundException>(() =>
            _bed.Get<CommentService>().DeleteAsync(olena, Guid.NewGuid(), Token)
        );

        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public async Task SamePersonAndAct_IsOneRowAMinute_HoweverOften()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        await RefusedAsync(lead.Id, times: 50);
        Assert.Equal(["James Reed", "Тарас Вовк"], (await RowsAsync()).Select(row => row.ActorName).Order());

        _bed.Time.Advance(TimeSpan.FromSeconds(59));
        await RefusedAsync(lead.Id, times: 5);
        Assert.Equal(2, (await RowsAsync()).Count);

        // Another act of the same person is a row of its own.
        await Assert.ThrowsAsync<ForbiddenException>(() =>
            Leads.TransferAsync(Heard(_bed.Taras), lead.Id, null, null, Token)
        );
        Assert.Equal(3, (await RowsAsync()).Count);

        _bed.Time.Advance(TimeSpan.FromSeconds(1));
        await RefusedAsync(lead.Id, times: 5);
        Assert.Equal(5, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task TwoInstances_WriteOneRowBetweenThem()
    {
        var database = _bed.Get<HubDatabase>();
        var other = new RefusalLog(database, _bed.Time, NullLogger<RefusalLog>.Instance, _bed.Get<WorkLog>());
        Refusals.Note(_bed.Taras, GuardedAct.ReadAudit);
        await Refusals.StoreAsync(Token);
        _bed.Time.Advance(TimeSpan.FromSeconds(30));

        other.Note(_bed.Taras, GuardedAct.ReadAudit);
        other.Note(_bed.Taras, GuardedAct.ReadMails);
        await other.StoreAsync(Token);

        Assert.Equal(["ReadAudit", "ReadMails"], (await RowsAsync()).Select(row => row.Details["act"]));
    }

    [Fact]
    public async Task WhoeverLooksThroughAnothersEyes_IsTheOneRefused()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var looking = Heard(_bed.Olena) with { ViewerId = _bed.Ada.UserId, ViewerName = _bed.Ada.Name };

        await Assert.ThrowsAsync<ForbiddenException>(() => Leads.ArchiveAsync(looking, lead.Id, Token));

        var row = Assert.Single(await RowsAsync());
        Assert.Equal((_bed.Ada.UserId, _bed.Ada.Name), (row.ActorId, row.ActorName));
        Assert.Equal(nameof(GuardedAct.ChangeWhileLooking), row.Details["act"]);
        Assert.Equal(_bed.Olena.Name, row.Details["seen as"]);
    }

    [Fact]
    public async Task WhileTheDatabaseIsAway_TheRefusalIsTheSame_AndIsStoredLater()
    {
        await Refusals.StartAsync(Token);
        await _bed.Database.ShutAsync();

        await Assert.ThrowsAsync<ForbiddenException>(() =>
            _bed.Get<AuditQueries>().PageAsync(Heard(_bed.Taras), new(), null, 1, Token)
        );

        await _bed.Database.ReopenAsync();
        // The clock stands still, so the next try comes when it is moved on.
        await Eventually.IsAsync(
            async () =>
            {
                _bed.Time.Advance(TimeSpan.FromSeconds(5));
                return (await StoredAsync()).Count == 1;
            },
            Token
        );
        await Refusals.StopAsync(Token);
    }

    private Actor Heard(Actor actor) => actor with { Refusals = Refusals };

    private async Task RefusedAsync(Guid leadId, int times)
    {
        foreach (var actor in Enumerable.Repeat(new[] { _bed.Taras, _bed.James }, times).SelectMany(both => both))
        {
            await Assert.ThrowsAsync<NotFoundException>(() => Leads.ArchiveAsync(Heard(actor), leadId, Token));
        }
    }

    private async Task<List<SecurityEvent>> RowsAsync()
    {
        await Refusals.StoreAsync(Token);
        return await StoredAsync();
    }

    private Task<List<SecurityEvent>> StoredAsync() =>
        _bed.ReadAsync(db => db.SecurityEvents.OrderBy(row => row.Id).ToListAsync(Token));
}
