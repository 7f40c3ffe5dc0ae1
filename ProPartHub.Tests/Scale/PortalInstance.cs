using System.Collections.Concurrent;
using System.Diagnostics;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Data.Server;
using ProPartHub.Tests.Data.Server;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Tests.Scale;

/// <summary>One instance of the real portal in a process of its own, at an address that the next one takes over.</summary>
internal sealed class PortalInstance(Uri address, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;

    /// <summary>Where it listens.</summary>
    public Uri Address => address;

    /// <summary>A loopback address that nobody had a moment ago.</summary>
    public static Uri FreeAddress() => new($"http://127.0.0.1:{LoopbackPort.Free()}/");

    /// <summary>Starts it, and waits until it is ready.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _output.Clear();
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
            ArgumentList = { typeof(HubApplication).Assembly.Location, "--urls", address.ToString() },
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["Hub__LogFolder"] = "",
                ["Hub__PrintSetupLink"] = "false",
                ["Database__MaxPoolSize"] = "10",
                ["Files__Folder"] = "",
                ["HubSpot__UseSandbox"] = "false",
            },
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = _process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var http = new HttpClient();
        while (!await IsReadyAsync(http, process, cancellationToken))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    /// <summary>True once it has printed the text.</summary>
    public bool Said(string text) => _output.Any(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>Asks it to stop as a system does, and waits for its end.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        await Processes.SignalAsync("TERM", _process!.Id);
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Ends it with no chance to tidy up.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        await Processes.SignalAsync("KILL", _process!.Id);
        await _process.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false } running)
        {
            running.Kill();
            await running.WaitForExitAsync();
        }

        _process?.Dispose();
    }

    /// <summary>Settings of an instance over a database and a Redis.</summary>
    public static Dictionary<string, string> Settings(string connectionString, RedisServer redis) =>
        new()
        {
            [$"ConnectionStrings__{DatabaseOptions.ConnectionName}"] = connectionString,
            [$"{CacheOptions.Section}__{nameof(CacheOptions.Redis)}"] = redis.Address,
        };

    private async Task<bool> IsReadyAsync(HttpClient http, Process process, CancellationToken cancellationToken)
    {
        if (process.HasExited)
        {
            throw new InvalidOperationException($"The portal ended by itself:\n{string.Join('\n', _output)}");
        }

        try
        {
            using var answer = await http.GetAsync(new Uri(address, "/health/ready"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
        }
    }
}
