using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Audit;

/// <summary>What is past its retention loses names, addresses and values; that it happened stays, and the chain verifies.</summary>
public sealed class AuditRetentionTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        await RecordAsync(SecurityEventKind.LoggedIn);
        await RecordAsync(SecurityEventKind.RoleChanged);
        await _bed.LeadAsync(_bed.Olena, 1);
        await _bed.SealAsync(Token);
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task WithinItsTime_NothingGoes_AndNothingIsPutOnRecord()
    {
        _bed.Time.Advance(TimeSpan.FromDays(364));

        Assert.Equal(0, await ApplyAsync());

        Assert.Equal(0, await CountAsync(SecurityEventKind.AuditExpired));
    }

    [Fact]
    public async Task AfterAYear_LogInsLoseTheirContent_AndTheRestStays()
    {
        _bed.Time.Advance(TimeSpan.FromDays(366));

        Assert.Equal(1, await ApplyAsync());

        var events = await EventsAsync();
        Assert.Equal((null, null, 0), (events[0].ActorName, events[0].Address, events[0].Details.Count));
        Assert.Equal((SecurityEventKind.LoggedIn, _bed.Olena.UserId), (events[0].Kind, events[0].ActorId));
        Assert.NotNull(events[0].ErasedAt);
        Assert.Equal((_bed.Olena.Name, "test"), (events[1].ActorName, events[1].Details["by"]));
        Assert.Equal(
            _bed.Olena.Name,
            await _bed.ReadAsync(db => db.LeadEvents.Select(row => row.ActorName).SingleAsync())
        );
        await AssertIntactAsync(erased: 1);
    }

    [Fact]
    public async Task AfterThreeYears_EverythingIsErased_OnRecordAndOnce()
    {
        _bed.Time.Advance(TimeSpan.FromDays(1096));

        Assert.Equal(3, await ApplyAsync());
        Assert.Equal(0, await ApplyAsync());

        var change = await _bed.ReadAsync(db => db.LeadEvents.SingleAsync());
        Assert.Equal(("", null, 0), (change.ActorName, change.Address, change.Changes.Count));
        Assert.Equal(1, await CountAsync(SecurityEventKind.AuditExpired));
        await AssertIntactAsync(erased: 3);
        Assert.Equal(
            0,
            await _bed.ReadAsync(db =>
                db.AuditSeals.CountAsync(row => row.Position <= 3 && (row.WhoSalt != null || row.WhatSalt != null))
            )
        );
    }

    [Fact]
    public async Task ErasedContent_PutBackInAnotherForm_IsFound()
    {
        _bed.Time.Advance(TimeSpan.FromDays(1096));
        await ApplyAsync();

        await _bed.ReadAsync(db => db.Database.ExecuteSqlAsync($"UPDATE lead_events SET actor_name = 'Хтось'", Token));

        var verdict = await _bed.Get<AuditVerification>().VerifyAsync(null, Token);
        Assert.Equal(AuditFaultKind.Changed, verdict.Fault?.Kind);
    }

    [Fact]
    public async Task EveryDay_OneInstanceErasesAndVerifies()
    {
        _bed.Time.Advance(TimeSpan.FromDays(1096));

        await _bed.Get<AuditKeeping>().KeepAsync(Token);
        var first = await StateAsync();
        _bed.Time.Advance(TimeSpan.FromHours(23));
        await _bed.Get<AuditKeeping>().KeepAsync(Token);
        var same = await StateAsync();
        _bed.Time.Advance(TimeSpan.FromHours(2));
        await _bed.Get<AuditKeeping>().KeepAsync(Token);
        var next = await StateAsync();

        Assert.Equal(1, await CountAsync(SecurityEventKind.AuditExpired));
        Assert.NotNull(first.VerifiedAt);
        Assert.Equal(first.VerifiedAt, same.VerifiedAt);
        Assert.True(next.VerifiedAt > same.VerifiedAt);
        Assert.Null(next.Fault);
    }

    private Task RecordAsync(SecurityEventKind kind) =>
        new SecurityLog(_bed.Get<HubDatabase>(), _bed.Time).RecordAsync(
            kind,
            _bed.Olena,
            _bed.Olena.UserId,
            Token,
            ("by", "test")
        );

    private Task<int> ApplyAsync() => _bed.Get<AuditRetention>().ApplyAsync(Token);

    private Task<AuditSealState> StateAsync() => _bed.ReadAsync(db => db.AuditSealStates.SingleAsync());

    private Task<List<SecurityEvent>> EventsAsync() =>
        _bed.ReadAsync(db => db.SecurityEvents.OrderBy(row => row.Id).ToListAsync());

    private Task<int> CountAsync(SecurityEventKind kind) =>
        _bed.ReadAsync(db => db.SecurityEvents.CountAsync(row => row.Kind == kind));

    private async Task AssertIntactAsync(int erased)
    {
        await _bed.SealAsync(Token);
        var verdict = await _bed.Get<AuditVerification>().VerifyAsync(null, Token);
        Assert.Null(verdict.Fault);
        Assert.Equal(erased, verdict.Erased);
    }
}
