using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ProPartHub.Domain.Data.Server;
using ProPartHub.Tests.Data.Server;
using ProPartHub.Tests.Live;

namespace ProPartHub.Tests.Scale;

/// <summary>A Redis of the test's own on a free loopback port, which keeps nothing on disk.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private const string Program = "redis-server";

    private readonly Process _process;

    private RedisServer(Process process, int port) => (_process, Port) = (process, port);

    private int Port { get; }

    /// <summary>As the portal's setting takes it.</summary>
    public string Address => $"127.0.0.1:{Port}";

    /// <exception cref="InvalidOperationException">It is not installed, or does not start.</exception>
    public static async Task<RedisServer> StartAsync(CancellationToken cancellationToken)
    {
        var port = LoopbackPort.Free();
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true };
        string[] arguments =
        [
            "--port",
            $"{port}",
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            Path.GetTempPath(),
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException(
                $"{Program} is not installed (Debian: apt-get install redis-server).",
                missing
            );
        }

        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var server = new RedisServer(process, port);
        await Eventually.IsAsync(() => server.AnswersAsync(cancellationToken), cancellationToken);
        return server;
    }

    /// <summary>Ends it with no chance to say goodbye.</summary>
    public async Task KillAsync()
    {
        await Processes.SignalAsync("KILL", _process.Id);
        await _process.WaitForExitAsync();
    }

    /// <summary>Stops or continues it: connections stay open, and nobody answers.</summary>
    public Task SignalAsync(string signal) => Processes.SignalAsync(signal, _process.Id);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"{Program} ended with code {_process.ExitCode}.");
        }

        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
