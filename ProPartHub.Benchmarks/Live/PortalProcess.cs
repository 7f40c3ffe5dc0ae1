using System.Collections.Concurrent;
using System.Diagnostics;
using ProPartHub.Domain.Data.Server;

namespace ProPartHub.Benchmarks.Live;

/// <summary>The real portal in a process of its own, in Development for its demo people, on a free loopback port.</summary>
internal sealed class PortalProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    // An answer that never comes is asked for again.
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    // What it says once all of it has started; demo data is made before, and no circuit gets a sign of life.
    private const string Started = "Everything has started";

    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PortalProcess(Process process, Uri address)
    {
        (_process, Address) = (process, address);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public int Id => _process.Id;

    /// <summary>From the start of the process to its first answer.</summary>
    public TimeSpan FirstAnswer { get; private set; }

    /// <summary>Memory of the process that is in RAM, in KiB.</summary>
    public long ResidentKilobytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1024;
        }
    }

    /// <param name="assembly">A published portal, or null for the one built beside this.</param>
    /// <param name="connectionString">Its database.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="settings">Further settings, by the address it will have.</param>
    /// <param name="page">What is asked for until it answers.</param>
    /// <exception cref="InvalidOperationException">It ended or did not answer; the message holds what it printed.</exception>
    public static async Task<PortalProcess> StartAsync(
        string? assembly,
        string connectionString,
        CancellationToken cancellationToken,
        Func<Uri, IReadOnlyDictionary<string, string>>? settings = null,
        string page = "/health/live"
    )
    {
        var address = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}/");
        var file = Path.GetFullPath(assembly ?? BuiltBesideThis());
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = ContentRoot(file),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { file, "--urls", address.ToString() },
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ConnectionStrings__Hub"] = connectionString,
                // An import of its two thousand deals would be measured along.
                ["HubSpot__UseSandbox"] = "false",
                // A few demo people stand for everybody.
                ["Hub__CircuitsPerPerson"] = "10000",
            },
        };
        foreach (var (name, value) in settings?.Invoke(address) ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var begun = Stopwatch.GetTimestamp();
        var portal = new PortalProcess(Process.Start(start)!, address);
        try
        {
            await portal.UntilReadyAsync(page, cancellationToken);
            portal.FirstAnswer = Stopwatch.GetElapsedTime(begun);
            return portal;
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until it has made its demo data and sends open pages signs of life.</summary>
    public Task UntilStartedAsync(CancellationToken cancellationToken) =>
        _started.Task.WaitAsync(StartLimit, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task UntilReadyAsync(string page, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        using var http = new HttpClient { Timeout = AnswerLimit };
        var last = "";
        // As a proxy on this machine would: in Production nobody is answered without TLS.
        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        while (!limit.IsCancellationRequested && !_process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Address, page), limit.Token);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }

                last = $"answered with {(int)answer.StatusCode}";
            }
            // It does not listen yet, or hung; the run's own end is looked at below.
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
            {
                last = error.Message;
            }

            await Task.Delay(25, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw new InvalidOperationException(
            $"{new Uri(Address, page)} did not answer ({last}):\n{string.Join('\n', _output)}"
        );
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        if (line.Contains(Started, StringComparison.Ordinal))
        {
            _started.TrySetResult();
        }

        _output.Enqueue(line);
        while (_output.Count > 50)
        {
            _output.TryDequeue(out _);
        }
    }

    // …/ProPartHub.Benchmarks/bin/Release/net10.0 → …/ProPartHub.Web/bin/Release/net10.0
    private static string BuiltBesideThis() =>
        Path.Combine(
            AppContext
                .BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)
                .Replace("ProPartHub.Benchmarks", "ProPartHub.Web", StringComparison.Ordinal),
            "ProPartHub.Web.dll"
        );

    // A built portal finds its settings in the project's folder, a published one beside itself.
    private static string ContentRoot(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        var project = Path.GetFullPath(Path.Combine(folder, "..", "..", ".."));
        return File.Exists(Path.Combine(project, "ProPartHub.Web.csproj")) ? project : folder;
    }
}
