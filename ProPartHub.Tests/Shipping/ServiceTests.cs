using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Hosting;
using ProPartHub.Tests.Data.Server;
using ProPartHub.Tests.Infrastructure.Postgres;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.Shipping;

/// <summary>The portal as a service of systemd.</summary>
public sealed class ServiceTests
{
    private static readonly Dictionary<string, string> Unit = DeliveredFile
        .Lines("deploy", "systemd", "propart-hub.service")
        .Where(line => line.Contains('='))
        .Select(line => line.Split('=', 2))
        .GroupBy(line => line[0])
        .ToDictionary(lines => lines.Key, lines => lines.Last()[1]);

    [Fact]
    public void Unit_WaitsForTheStart_AndLongerForTheEndThanThePortalTakes()
    {
        Assert.Equal("notify", Unit["Type"]);
        Assert.True(Seconds(Unit["TimeoutStopSec"]) > new HostOptions().ShutdownTimeout);
    }

    [Fact]
    public void Compose_WaitsLongerForTheEndThanThePortalTakes()
    {
        var patience = DeliveredFile
            .Lines("compose.yaml")
            .Single(line => line.StartsWith("stop_grace_period: ", StringComparison.Ordinal));

        Assert.True(Seconds(patience.Split(' ')[1].TrimEnd('s')) > new HostOptions().ShutdownTimeout);
    }

    [Fact]
    public void Unit_RunsWithoutRights_WhereFilesOfPagesAre()
    {
        Assert.NotEqual("root", Unit["User"]);
        Assert.Equal("", Unit["CapabilityBoundingSet"]);
        Assert.Equal("yes", Unit["NoNewPrivileges"]);
        Assert.Equal("strict", Unit["ProtectSystem"]);
        Assert.StartsWith($"/usr/bin/dotnet {Unit["WorkingDirectory"]}/", Unit["ExecStart"], StringComparison.Ordinal);
        Assert.EndsWith(
            $"/{typeof(HubOptions).Assembly.GetName().Name}.dll",
            Unit["ExecStart"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Service_SaysWhenItListens_AndWhenItStops()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has systemd.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        await using var database = await TestDatabase.CreateAsync(limit.Token);
        var address = Path.Combine(Path.GetTempPath(), $"notify-{Guid.NewGuid():N}");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(address));

        using var portal = Start(address, database.ConnectionString);
        try
        {
            var output = portal.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = portal.StandardError.ReadToEndAsync(limit.Token);

            Assert.Equal("READY=1", await HearAsync(systemd, limit.Token));
            await Processes.SignalAsync("TERM", portal.Id);
            Assert.Equal("STOPPING=1", await HearAsync(systemd, limit.Token));
            await portal.WaitForExitAsync(limit.Token);
            Assert.Equal(0, portal.ExitCode);
            Assert.Equal("", await errors);
            await output;
        }
        finally
        {
            if (!portal.HasExited)
            {
                portal.Kill(entireProcessTree: true);
            }

            File.Delete(address);
        }
    }

    private static async Task<string> HearAsync(Socket systemd, CancellationToken cancellationToken)
    {
        var text = new byte[256];
        return Encoding.UTF8.GetString(text, 0, await systemd.ReceiveAsync(text, cancellationToken));
    }

    private static Process Start(string address, string database)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                typeof(HubOptions).Assembly.Location,
                "--environment=Production",
                "--AllowedHosts=localhost",
                "--Hub:PublicUrl=https://hub.example.com",
                "--Hub:LogFolder=",
                "--DataProtection:Unprotected=true",
                "--urls=http://127.0.0.1:0",
                $"--ConnectionStrings:Hub={database}",
            ]
        )
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(typeof(HubOptions).Assembly.Location),
        };
        start.Environment["NOTIFY_SOCKET"] = address;
        return Process.Start(start)!;
    }

    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(int.Parse(text, CultureInfo.InvariantCulture));
}
