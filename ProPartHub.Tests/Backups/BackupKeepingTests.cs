using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Backups;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Accounts;
using Xunit;

namespace ProPartHub.Tests.Backups;

/// <summary>The daily backup, what is asked for by hand, and who hears of it, on a clock that the test moves.</summary>
public sealed class BackupKeepingTests : IAsyncLifetime
{
    private BackupBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bed = await BackupBed.CreateAsync(mayVerify: false);
        _bed.SwitchOn();
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task ItIsMadeOnceADay_AlsoAfterItWasMissed_AndSaysWhereItWasNotRestored()
    {
        await KeepAsync();
        await KeepAsync();
        var run = Assert.Single(await RunsAsync());
        Assert.Equal((BackupResult.Done, BackupCheck.HashesOnly), (run.Result, run.Check));
        Assert.Contains("CREATEDB", run.Words, StringComparison.Ordinal);
        Assert.Equal("ProPart Hub", run.ByName);

        // 3 o'clock in Kyiv is 1 o'clock UTC in winter; the portal was off over it.
        _bed.Time.Advance(TimeSpan.FromHours(15.9));
        await KeepAsync();
        Assert.Single(await RunsAsync());
        _bed.Time.Advance(TimeSpan.FromHours(7));
        await KeepAsync();
        await KeepAsync();
        Assert.Equal(2, (await RunsAsync()).Count);
    }

    [Fact]
    public async Task Failure_IsTriedAgainAfterAPause_ToldOnce_AndSeenByHealth()
    {
        var admin = await _bed.Host.AddUserAsync("chief", AccountHub.Password, Role.Admin);
        await _bed.Host.AddUserAsync("agent", AccountHub.Password);
        await KeepAsync();
        Assert.Equal(HealthStatus.Healthy, await HealthAsync());
        _bed.Time.Advance(TimeSpan.FromDays(1));
        _bed.Get<IOptions<BackupOptions>>().Value.ProgramsFolder = _bed.Root.FullName;

        await KeepAsync();
        await KeepAsync();
        var failed = (await RunsAsync())[0];
        Assert.Equal(BackupResult.Failed, failed.Result);
        Assert.Contains("pg_dump", failed.Words, StringComparison.Ordinal);
        Assert.Equal(2, (await RunsAsync()).Count);

        _bed.Time.Advance(BackupSchedule.RetryPause);
        await KeepAsync();
        Assert.Equal(3, (await RunsAsync()).Count);
        await using (var db = await _bed.Host.Database.ReadAsync(Token))
        {
            var told = await db.Notifications.SingleAsync(Token);
            Assert.Equal((admin.Id, NotificationKind.BackupFailed), (told.UserId, told.Kind));
            Assert.Equal(3, await db.SecurityEvents.CountAsync(row => row.Kind == SecurityEventKind.BackupMade, Token));
        }

        Assert.Equal(HealthStatus.Healthy, await HealthAsync());
        _bed.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HealthStatus.Degraded, await HealthAsync());
        Assert.Empty(Directory.GetDirectories(_bed.Shelf, ".propart-*"));
    }

    [Fact]
    public async Task WhatAnAdminAsksFor_IsDoneOnce_InTheAdminsName()
    {
        var admin = (await _bed.Host.AddUserAsync("chief", AccountHub.Password, Role.Admin)).ToActor("test");
        var desk = _bed.Get<BackupDesk>();
        Assert.True(await desk.AskForBackupAsync(admin, Token));
        Assert.False(await desk.AskForBackupAsync(admin, Token));
        Assert.Equal(BackupResult.Waiting, (await desk.ReadAsync(admin, Token)).Current!.Result);

        await KeepAsync();
        var overview = await desk.ReadAsync(admin, Token);
        var backup = Assert.Single(overview.Backups);
        _bed.Time.Advance(TimeSpan.FromHours(1));
        Assert.True(await desk.AskForVerificationAsync(admin, backup.Name, Token));
        await KeepAsync();

        Assert.Equal(
            [(BackupRunKind.Verification, admin.UserId), (BackupRunKind.Backup, admin.UserId)],
            (await RunsAsync()).Select(run => (run.Kind, run.ById!.Value))
        );
        Assert.Equal(_bed.Time.GetUtcNow(), Assert.Single((await desk.ReadAsync(admin, Token)).Backups).Verdict!.At);
        await Assert.ThrowsAsync<Domain.Errors.NotFoundException>(() =>
            desk.AskForVerificationAsync(admin, "../etc", Token)
        );
    }

    [Fact]
    public async Task OneAtATime_OverAllInstances()
    {
        await using var lease = await BackupLease.TryTakeAsync(_bed.Connection, Token);
        Assert.NotNull(lease);

        var run = _bed.Get<BackupPlan>().NewRun(BackupRunKind.Backup, Actor.System, null);

        Assert.False(await _bed.Get<BackupRunner>().BackUpAsync(run, null, Token));
        Assert.Empty(await RunsAsync());
    }

    [Fact]
    public async Task WhatAnotherInstanceHasJustDone_IsNotDoneAgain()
    {
        var admin = (await _bed.Host.AddUserAsync("chief", AccountHub.Password, Role.Admin)).ToActor("test");
        await _bed.Get<BackupDesk>().AskForBackupAsync(admin, Token);
        // Read by both while it waited; the other was faster.
        var seen = await RunsAsync();
        await KeepAsync();

        await _bed.Get<BackupKeeping>().CarryOutAsync(seen, Token);

        Assert.Equal(BackupResult.Done, Assert.Single(await RunsAsync()).Result);
        Assert.Single((await _bed.Get<BackupDesk>().ReadAsync(admin, Token)).Backups);
    }

    [Fact]
    public async Task RunThatACrashCutShort_IsSaidToBeInterrupted()
    {
        var dead = _bed.Get<BackupPlan>().NewRun(BackupRunKind.Backup, Actor.System, null);
        (dead.Result, dead.StartedAt) = (BackupResult.Running, _bed.Time.GetUtcNow());
        await _bed.Host.Database.InTransactionAsync(
            (db, _) =>
            {
                db.BackupRuns.Add(dead);
                return Task.CompletedTask;
            },
            Token
        );
        _bed.Time.Advance(TimeSpan.FromHours(1));

        await KeepAsync();

        Assert.Equal([BackupResult.Done, BackupResult.Interrupted], (await RunsAsync()).Select(run => run.Result));
    }

    private Task KeepAsync() => _bed.Get<BackupKeeping>().KeepAsync(Token);

    private async Task<HealthStatus> HealthAsync() =>
        (
            await new BackupHealthCheck(_bed.Get<BackupShelf>(), _bed.Get<BackupPlan>(), _bed.Time).CheckHealthAsync(
                new HealthCheckContext(),
                Token
            )
        ).Status;

    private async Task<List<BackupRun>> RunsAsync()
    {
        await using var db = await _bed.Host.Database.ReadAsync(Token);
        return await db.BackupRuns.OrderByDescending(run => run.AskedAt).ToListAsync(Token);
    }
}
