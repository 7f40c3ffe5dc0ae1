using System.Security.Cryptography;
using ProPartHub.Domain.Data.Server;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;

namespace ProPartHub.Web.Hosting;

/// <summary>Address and secrets of this run's sandbox, made up before it starts so that both sides know them.</summary>
internal sealed class HubSpotSandboxSettings(string program)
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Path of the sandbox's assembly.</summary>
    public string Program => program;

    /// <summary>Where the sandbox listens; should somebody be quicker to take the port, it says so and the sync waits.</summary>
    public Uri Address { get; } = new($"http://127.0.0.1:{LoopbackPort.Free()}");

    /// <summary>The token it accepts.</summary>
    public string AccessToken { get; } = Secret();

    /// <summary>What it signs webhooks with.</summary>
    public string ClientSecret { get; } = Secret();

    /// <summary>Ends when it listens.</summary>
    public Task Ready => _ready.Task;

    /// <summary>What the portal's own configuration needs for it.</summary>
    public IReadOnlyDictionary<string, string?> Configuration =>
        new Dictionary<string, string?>
        {
            [$"{HubSpotOptions.Section}:{nameof(HubSpotOptions.BaseAddress)}"] = Address.ToString(),
            [$"{HubSpotOptions.Section}:{nameof(HubSpotOptions.AccessToken)}"] = AccessToken,
            [$"{SyncOptions.Section}:{nameof(SyncOptions.IsSandbox)}"] = bool.TrueString,
        };

    /// <summary>The sandbox listens.</summary>
    public void Listens() => _ready.TrySetResult();

    private static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}

/// <summary>Finds the sandbox in a developer's checkout; a published portal has none.</summary>
internal static class HubSpotSandboxProgram
{
    private const string Project = "ProPartHub.HubSpotSandbox";

    /// <param name="contentRoot">The web project's folder, when started from the sources.</param>
    public static string? Find(string contentRoot)
    {
        // Beside our own output: …/bin/Debug/net10.0.
        var output = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        var framework = Path.GetFileName(output);
        var configuration = Path.GetFileName(Path.GetDirectoryName(output)) ?? string.Empty;
        var path = Path.GetFullPath(
            Path.Combine(contentRoot, "..", Project, "bin", configuration, framework, $"{Project}.dll")
        );
        return File.Exists(path) ? path : null;
    }
}
