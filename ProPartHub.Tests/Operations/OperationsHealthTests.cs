using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Backups;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Mail;
using ProPartHub.Domain.Operations;
using ProPartHub.Domain.Telemetry;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Operations;

/// <summary>What health says of queues, HubSpot and background work; none of it takes an instance out of service.</summary>
public sealed class OperationsHealthTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Queues_AreNamed_OnceTheyWaitTooLong()
    {
        await using var bed = await HubBed.CreateAsync(Token);
        using var reader = new OperationsReader(
            bed.Get<HubDatabase>(),
            bed.Get<BackupShelf>(),
            bed.Get<BackupPlan>(),
            new SyncMonitor(bed.Time),
            Options.Create(new HubFileOptions()),
            bed.Time
        );
        var check = new QueueHealthCheck(reader, bed.Time);
        Assert.Equal(HealthStatus.Degraded, (await check.CheckHealthAsync(new(), Token)).Status);

        await bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.Mails.Add(
                        new OutgoingMail
                        {
                            Address = "olena@example.com",
                            AddressKey = "OLENA@EXAMPLE.COM",
                            Culture = "uk",
                            CreatedAt = bed.Time.GetUtcNow(),
                        }
                    );
                    return Task.CompletedTask;
                },
                Token
            );
        await reader.ReadAsync(TimeSpan.Zero, Token);
        bed.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(HealthStatus.Healthy, (await check.CheckHealthAsync(new(), Token)).Status);

        // Read no more since: what waited then waits longer now.
        bed.Time.Advance(TimeSpan.FromSeconds(1));
        var late = await check.CheckHealthAsync(new(), Token);
        Assert.Equal(
            (HealthStatus.Degraded, "These wait longer than they should: Mails."),
            (late.Status, late.Description)
        );
    }

    [Theory]
    [InlineData(SyncState.Off, HealthStatus.Healthy)]
    [InlineData(SyncState.Waiting, HealthStatus.Healthy)]
    [InlineData(SyncState.Running, HealthStatus.Healthy)]
    [InlineData(SyncState.Paused, HealthStatus.Healthy)]
    [InlineData(SyncState.Refused, HealthStatus.Degraded)]
    [InlineData(SyncState.Failing, HealthStatus.Degraded)]
    public async Task HubSpot_IsAMatterOfItsState(SyncState state, HealthStatus expected)
    {
        var sync = new SyncMonitor(TimeProvider.System);
        // What HubSpot said may hold names.
        sync.Enter(state, SyncFault.Forbidden, "olena@example.com lacks a right");

        var result = await new ExchangeHealthCheck(sync).CheckHealthAsync(new(), Token);

        Assert.Equal(expected, result.Status);
        Assert.DoesNotContain("olena", result.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_IsNamed_WhileItFails()
    {
        var log = new WorkLog(TimeProvider.System);
        var check = new WorkHealthCheck(log);
        await log.RunAsync(BackgroundWork.Mails, () => Task.CompletedTask);
        Assert.Equal(HealthStatus.Healthy, (await check.CheckHealthAsync(new(), Token)).Status);

        await Assert.ThrowsAsync<TimeoutException>(() =>
            log.RunAsync(BackgroundWork.FileSweep, () => throw new TimeoutException())
        );

        var failing = await check.CheckHealthAsync(new(), Token);
        Assert.Equal(
            (HealthStatus.Degraded, "This failed when it last ran: FileSweep."),
            (failing.Status, failing.Description)
        );
    }
}
