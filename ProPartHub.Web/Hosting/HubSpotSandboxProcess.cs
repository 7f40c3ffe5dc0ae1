using System.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ProPartHub.Web.Hosting;

/// <summary>
/// Runs the sandbox as a process of its own for as long as the portal runs. Its standard input is held open: however the
/// portal ends, the pipe closes and the sandbox ends with it.
/// </summary>
internal sealed partial class HubSpotSandboxProcess(
    HubSpotSandboxSettings settings,
    HubSpotWebhookTarget target,
    IServer server,
    IConfiguration configuration,
    IHostApplicationLifetime lifetime,
    ILogger<HubSpotSandboxProcess> logger
) : BackgroundService
{
    /// <summary>Where the sandbox keeps its account between runs; without, a restart begins a new one.</summary>
    public const string StateFileSetting = "HubSpot:SandboxStateFile";

    private const string ListeningMark = "Sandbox listening on";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);
        var webhooks = WebhookAddress();
        target.Set(webhooks, settings.ClientSecret);
        using var process = new Process { StartInfo = Start(webhooks) };
        process.OutputDataReceived += (_, line) => Heard(line.Data);
        process.ErrorDataReceived += (_, line) => Heard(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(stoppingToken);
            LogEnded(process.ExitCode);
        }
        finally
        {
            await EndAsync(process);
        }
    }

    // Our own address is known only once the server listens.
    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);
    }

    private Uri? WebhookAddress()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var plain = addresses.FirstOrDefault(address => address.StartsWith("http://", StringComparison.Ordinal));
        if (plain is null)
        {
            return null;
        }

        // "http://[::]:5080" and "http://*:5080" listen everywhere; the sandbox calls loopback.
        var port = BindingAddress.Parse(plain).Port;
        return new Uri($"http://localhost:{port}{HubSpotEndpoints.WebhookPath}");
    }

    private ProcessStartInfo Start(Uri? webhooks)
    {
        var start = new ProcessStartInfo(DotNet())
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(settings.Program),
        };
        List<string> arguments =
        [
            settings.Program,
            "--exit-with-stdin",
            "--urls",
            settings.Address.ToString(),
            "--AccessToken",
            settings.AccessToken,
            "--ClientSecret",
            settings.ClientSecret,
        ];
        if (webhooks is not null)
        {
            arguments.AddRange(["--WebhookTarget", webhooks.ToString()]);
        }

        if (configuration[StateFileSetting] is { Length: > 0 } stateFile)
        {
            // Absolute: the sandbox runs in a folder of its own.
            arguments.AddRange(["--StateFile", Path.GetFullPath(stateFile)]);
        }

        arguments.ForEach(start.ArgumentList.Add);

        return start;
    }

    private void Heard(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        LogHeard(line);
        if (line.StartsWith(ListeningMark, StringComparison.Ordinal))
        {
            settings.Listens();
        }
    }

    private static async Task EndAsync(Process process)
    {
        if (process.HasExited)
        {
            return;
        }

        process.StandardInput.Close();
        // It writes its state before it goes, which takes a busy machine a while.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }
    }

    private static string DotNet()
    {
        var self = Environment.ProcessPath;
        return Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host
            : Path.GetFileNameWithoutExtension(self) == "dotnet" ? self!
            : "dotnet";
    }

    [LoggerMessage(LogLevel.Information, "HubSpot sandbox: {Line}")]
    private partial void LogHeard(string line);

    [LoggerMessage(LogLevel.Warning, "The HubSpot sandbox ended with code {Code}; the sync waits until the next start")]
    private partial void LogEnded(int code);
}
