using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Outbox;
using ProPartHub.HubSpotSandbox.Faults;
using ProPartHub.HubSpotSandbox.Objects;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>What the engine refuses, and what happens when it dies or is overtaken.</summary>
public sealed class GuardTests
{
    [Fact]
    public async Task AnotherAccount_IsRefused()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        await bed.ReadAsync(db => db.Database.ExecuteSqlAsync($"UPDATE hubspot_account SET portal_id = 777"));

        var refusal = await Assert.ThrowsAsync<SyncRefusedException>(bed.OpenAsync);

        Assert.Equal(SyncFault.OtherAccount, refusal.Fault);
        Assert.Contains("777", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("50112233", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RealAccount_ForADatabaseOfTheSandbox_IsRefused()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        await bed.ReadAsync(db => db.Database.ExecuteSqlAsync($"UPDATE hubspot_account SET is_sandbox = false"));

        var refusal = await Assert.ThrowsAsync<SyncRefusedException>(bed.OpenAsync);

        Assert.Equal(SyncFault.SandboxMismatch, refusal.Fault);
    }

    [Fact]
    public async Task DemoLeads_NeverLeaveForARealAccount()
    {
        await using var bed = await SyncBed.CreateAsync(isSandbox: false, isDemo: true);
        await bed.OpenAsync();
        await bed.SwitchAsync(SyncPart.Outbound, true);

        await bed.LeadAsync(1);
        await bed.QuietAsync();

        Assert.Empty(bed.Live(ObjectType.Deals));
        Assert.Empty(bed.Live(ObjectType.Contacts));
        var parked = Assert.Single((await bed.Get<SyncTroubleQueries>().ParkedAsync(bed.Ada, 1, SyncBed.Cancel)).Rows);
        Assert.Equal(ParkedReason.DemoLead, parked.Words);
    }

    [Fact]
    public async Task RealAccount_WithoutConsent_GetsNoPropertyAndCreatesAllTheSameOnce()
    {
        await using var bed = await SyncBed.CreateAsync(isSandbox: false);
        await bed.OpenAsync();
        await bed.SwitchAsync(SyncPart.Outbound, true);
        await bed.QuietAsync();
        Assert.False(bed.Get<SyncMonitor>().HasLeadIds);
        bed.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Cut,
                AfterWrite = true,
                Path = "/deals/batch/create",
                Times = 1,
            }
        );

        var id = await bed.LeadAsync(1);
        await bed.QuietAsync();
        await bed.LaterAsync(TimeSpan.FromSeconds(10));

        Assert.Equal((await bed.SyncOfAsync(id)).DealId, Assert.Single(bed.Live(ObjectType.Deals)).IdText);
        Assert.Single(bed.Live(ObjectType.Contacts));
    }

    [Fact]
    public async Task OvertakenHolder_StoresNothing()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var old = bed.Round;
        await bed.OpenAsync();
        var id = await bed.LeadAsync(1);

        bed.Clock.Advance(TimeSpan.FromSeconds(11));
        await Assert.ThrowsAsync<SyncFencedException>(() => old.RunOnceAsync(SyncBed.Cancel));

        Assert.False(await bed.ReadAsync(db => db.LeadSyncs.AnyAsync(sync => sync.LeadId == id)));
    }

    [Theory]
    [InlineData("/contacts/search", false)]
    [InlineData("/contacts/batch/create", false)]
    [InlineData("/contacts/batch/create", true)]
    [InlineData("/deals/batch/create", false)]
    [InlineData("/deals/batch/create", true)]
    public async Task KilledAnywhereInACreate_TheNextHolderEndsWithOneOfEach(string path, bool afterWrite)
    {
        await using var bed = await SyncBed.ConnectedAsync(indexDelay: TimeSpan.FromMinutes(10));
        bed.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Timeout,
                AfterWrite = afterWrite,
                Path = path,
                Times = 1,
            }
        );
        var id = await bed.LeadAsync(1);

        // The limiter's windows are open, so that nothing but the fault holds the holder up while the clock stands.
        bed.Clock.Advance(TimeSpan.FromSeconds(11));

        // The holder hangs in the call and is killed there: nothing it knows is written down.
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(SyncBed.Cancel);
        var dying = bed.Round.RunOnceAsync(kill.Token);
        while (bed.Sandbox.Faults.List()[0].Disturbed == 0)
        {
            await Task.Delay(5, SyncBed.Cancel);
        }

        // The fault counts when it is met; what comes before the hang is done when the record stands.
        var type = path.Contains("contacts", StringComparison.Ordinal) ? ObjectType.Contacts : ObjectType.Deals;
        while (afterWrite && bed.Live(type).Count == 0)
        {
            await Task.Delay(5, SyncBed.Cancel);
        }

        await kill.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dying);
        await bed.OpenAsync();
        await bed.QuietAsync();

        var sync = await bed.SyncOfAsync(id);
        Assert.Equal(sync.DealId, Assert.Single(bed.Live(ObjectType.Deals)).IdText);
        Assert.Equal(sync.ContactId, Assert.Single(bed.Live(ObjectType.Contacts)).IdText);
        Assert.Equal(0, await bed.WaitingAsync());
    }

    [Fact]
    public async Task Lease_HasOneHolder()
    {
        await using var bed = await SyncBed.CreateAsync();
        var address = bed.Get<SyncConnection>().DirectConnectionString;

        await using (var first = await SyncLease.TryTakeAsync(address, SyncBed.Cancel))
        {
            Assert.NotNull(first);
            Assert.Null(await SyncLease.TryTakeAsync(address, SyncBed.Cancel));
        }

        await using var next = await SyncLease.TryTakeAsync(address, SyncBed.Cancel);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task NewHolder_WaitsOneLimitWindowBeforeItsFirstCall()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        bed.Sandbox.Calls.Clear();
        var before = bed.Clock.GetUtcNow();

        await bed.OpenAsync();

        var first = bed.Sandbox.Calls.Entries[0];
        Assert.True(first.At - before >= TimeSpan.FromSeconds(10), $"{first.At - before}");
    }

    [Fact]
    public async Task Commands_AreForAdmins()
    {
        await using var bed = await SyncBed.CreateAsync();
        var admin = bed.Get<SyncAdmin>();
        var status = bed.Get<SyncStatusQueries>();

        await Assert.ThrowsAsync<ForbiddenException>(() => admin.PauseAsync(bed.Olena, SyncBed.Cancel));
        await Assert.ThrowsAsync<ForbiddenException>(() => admin.ResumeAsync(bed.Olena, SyncBed.Cancel));
        await Assert.ThrowsAsync<ForbiddenException>(() =>
            admin.RetryParkedAsync(bed.Olena, OutboxKind.Lead, Guid.Empty, SyncBed.Cancel)
        );
        await Assert.ThrowsAsync<ForbiddenException>(() =>
            admin.GiveUpAsync(bed.Olena, OutboxKind.Lead, Guid.Empty, SyncBed.Cancel)
        );
        await Assert.ThrowsAsync<ForbiddenException>(() =>
            bed.Get<SyncLogQueries>().PageAsync(bed.Olena, onlyFailed: false, null, SyncBed.Cancel)
        );
        await Assert.ThrowsAsync<NotFoundException>(() =>
            admin.SyncLeadNowAsync(bed.Olena, Guid.NewGuid(), SyncBed.Cancel)
        );
        await Assert.ThrowsAsync<NotFoundException>(() =>
            bed.Get<ConflictService>().SettleAsync(bed.Olena, Guid.NewGuid(), SyncBed.Cancel)
        );
    }
}
