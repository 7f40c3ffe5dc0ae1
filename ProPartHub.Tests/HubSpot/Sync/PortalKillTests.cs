using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.HubSpotSandbox;
using ProPartHub.HubSpotSandbox.Faults;
using ProPartHub.HubSpotSandbox.Limits;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.HubSpotSandbox.Seed;
using ProPartHub.Tests.Data.Server;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>
/// The portal as a process of its own, killed with no chance to tidy up while a call of a lead's creation is on its way:
/// its contact, or its deal with the tie between them, before HubSpot has done it or after. The next process makes of it
/// one contact and one deal.
/// </summary>
public sealed class PortalKillTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/contacts/batch/create", false)]
    [InlineData("/contacts/batch/create", true)]
    [InlineData("/deals/batch/create", false)]
    [InlineData("/deals/batch/create", true)]
    public async Task KilledWhileCreating_TheNextPortalEndsWithOneOfEach(string path, bool afterWrite)
    {
        await using var hub = await HubBed.CreateAsync(Cancel);
        await using var sandbox = await SandboxHost.StartAsync(
            new SandboxOptions
            {
                Limits = new RateLimitOptions { Enabled = false },
                Seed = new SeedOptions { Contacts = 0, Deals = 0 },
            },
            Cancel
        );
        sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Timeout,
                AfterWrite = afterWrite,
                Path = path,
                Times = 1,
            }
        );
        var lead = await hub.LeadAsync(hub.Olena, 1);
        var type = path.Contains("contacts", StringComparison.Ordinal) ? ObjectType.Contacts : ObjectType.Deals;

        await RunAsync(
            hub,
            sandbox,
            () => Task.FromResult(sandbox.Faults.List()[0].Disturbed > 0 && (!afterWrite || Live(sandbox, type) == 1))
        );
        Assert.Equal(1, await hub.ReadAsync(db => db.Outbox.CountAsync(Cancel)));
        await RunAsync(hub, sandbox, async () => await hub.ReadAsync(db => db.Outbox.CountAsync(Cancel)) == 0);

        Assert.Equal((1, 1), (Live(sandbox, ObjectType.Contacts), Live(sandbox, ObjectType.Deals)));
        var sync = await hub.ReadAsync(db => db.LeadSyncs.SingleAsync(row => row.LeadId == lead.Id, Cancel));
        Assert.NotNull(sync.DealId);
        Assert.NotNull(sync.ContactId);
    }

    private static int Live(SandboxHost sandbox, ObjectType type) =>
        sandbox.Account.Locked(() => sandbox.Account.Records(type).All.Count(record => !record.Archived));

    // Runs a portal until something is so, and kills it.
    private static async Task RunAsync(HubBed hub, SandboxHost sandbox, Func<Task<bool>> isReached)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            WorkingDirectory = AppContext.BaseDirectory,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                [$"ConnectionStrings__{DatabaseOptions.ConnectionName}"] = hub.ConnectionString,
                ["HubSpot__BaseAddress"] = sandbox.BaseAddress.ToString(),
                ["HubSpot__AccessToken"] = sandbox.Account.Options.AccessToken,
                ["HubSpot__UseSandbox"] = "false",
                ["HubSpot__Sync__IsSandbox"] = "true",
            },
        };
        start.ArgumentList.Add(typeof(HubSpotSandboxProcess).Assembly.Location);
        using var portal = Process.Start(start)!;
        portal.OutputDataReceived += (_, _) => { };
        portal.BeginOutputReadLine();
        try
        {
            while (!await isReached())
            {
                Assert.False(portal.HasExited, "The portal ended by itself.");
                await Task.Delay(TimeSpan.FromMilliseconds(50), Cancel);
            }
        }
        finally
        {
            await Processes.SignalAsync("KILL", portal.Id);
            await Processes.WaitUntilGoneAsync(portal.Id);
        }
    }
}
