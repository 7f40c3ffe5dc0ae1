using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ProPartHub.Domain.Data.Server;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;
using static ProPartHub.Tests.Data.Server.ServerFolder;

namespace ProPartHub.Tests.Data.Server;

/// <summary>What is left of a server whose hub was killed: nothing, or nothing that hurts.</summary>
public sealed class OrphanTests : IDisposable
{
    private const string FolderVariable = "PROPART_TEST_HELD_FOLDER";
    private const string StartedMark = "server-process=";

    private readonly ServerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Not a test: the process that <see cref="Kill_OfTheHub_StopsItsServer"/> starts and kills.</summary>
    [Fact(Explicit = true)]
    public async Task HoldAServerUntilKilled()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable);
        Assert.SkipWhen(folder is null, $"Started by another test alone, which sets {FolderVariable}.");
        var options = TestServer.NewOptions() with { Folder = folder!, IsThrowAway = false };
        await using var server = await StartAsync(options);
        await Console.Out.WriteLineAsync($"{StartedMark}{server.ProcessId}");
        await Console.Out.FlushAsync(TestContext.Current.CancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 120_000)]
    public async Task Kill_OfTheHub_StopsItsServer()
    {
        using var hub = StartHolder();
        var postmaster = await ReadPostmasterAsync(hub);

        // The process alone, not its tree: that is how a crash or an out-of-memory kill looks.
        hub.Kill(entireProcessTree: false);
        await hub.WaitForExitAsync(TestContext.Current.CancellationToken);

        await Processes.WaitUntilGoneAsync(postmaster);
        await using var next = await _folder.StartAsync();
        Assert.Equal(1, await AskAsync(next.ConnectionString, "SELECT 1"));
    }

    [Fact(Timeout = 120_000)]
    public async Task Start_WithALeftoverServerOnTheData_StopsItFirst()
    {
        await using (await _folder.StartAsync()) { }
        using var leftover = await StartBareServerAsync(_folder.Options);
        var logger = new LastWarning();

        await using var server = await _folder.StartAsync(logger);

        await leftover.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Contains("left behind", logger.Text);
        Assert.NotEqual(leftover.Id, server.ProcessId);
        Assert.Equal(1, await AskAsync(server.ConnectionString, "SELECT 1"));
    }

    [Fact(Timeout = 120_000)]
    public async Task RemoveAbandoned_TakesFoldersOfTheDeadAndLeavesThoseOfTheLiving()
    {
        var parent = _folder.Options.Folder;
        var dead = _folder.Options with { Folder = Path.Combine(parent, "dead") };
        var living = _folder.Options with { Folder = Path.Combine(parent, "living"), IsThrowAway = true };
        await using (await StartAsync(dead)) { }
        using var leftover = await StartBareServerAsync(dead);
        await using var server = await StartAsync(living);

        await PrivatePostgresServer.RemoveAbandonedAsync(parent, TestContext.Current.CancellationToken);

        await leftover.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.False(Directory.Exists(dead.Folder));
        Assert.Equal(1, await AskAsync(server.ConnectionString, "SELECT 1"));
    }

    private Process StartHolder()
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            [
                "-method",
                $"{typeof(OrphanTests).FullName}.{nameof(HoldAServerUntilKilled)}",
                "-explicit",
                "only",
                "-noLogo",
            ]
        )
        {
            RedirectStandardOutput = true,
            Environment = { [FolderVariable] = _folder.Options.Folder },
        };
        return Process.Start(start)!;
    }

    private static async Task<int> ReadPostmasterAsync(Process hub)
    {
        var output = new List<string>();
        while (await hub.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            output.Add(line);
            if (line.IndexOf(StartedMark, StringComparison.Ordinal) is >= 0 and var at)
            {
                return int.Parse(line.AsSpan(at + StartedMark.Length), CultureInfo.InvariantCulture);
            }
        }

        Assert.Fail($"The other process did not start a server:\n{string.Join('\n', output)}");
        return 0;
    }

    // A server that nobody watches over, as after the watching shell was killed too.
    private static async Task<Process> StartBareServerAsync(PrivatePostgresOptions options)
    {
        var token = TestContext.Current.CancellationToken;
        var found = await PostgresBinaries.FindAsync(null, cancellationToken: token);
        var account = await ServerAccount.ResolveAsync(null, token);
        var sockets = Path.Combine(options.Folder, "s");
        var start = account.Command(
            found!.Postgres,
            ["-D", Path.Combine(options.Folder, "data"), "-k", sockets, "-h", ""]
        );
        var process = Process.Start(start)!;
        while (await process.StandardError.ReadLineAsync(token) is { } line)
        {
            if (line.Contains("ready to accept connections", StringComparison.Ordinal))
            {
                return process;
            }
        }

        throw new InvalidOperationException("The bare server did not start.");
    }

    private sealed class LastWarning : ILogger
    {
        public string Text { get; private set; } = "";

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => NullLogger.Instance.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (logLevel == LogLevel.Warning)
            {
                Text = formatter(state, exception);
            }
        }
    }
}
