using System.Diagnostics;

namespace ProPartHub.Domain.Data.Server;

/// <summary>
/// The running server. On Unix a small shell stands between: it holds the read end of a pipe whose other end is in this
/// process, and sends the server SIGINT (stop now, orderly) when that end closes. Closing it is how the server is
/// stopped, and as the system closes it for a killed process, no server outlives its hub.
/// </summary>
internal sealed class ServerProcess : IDisposable
{
    // The server is started apart from the terminal (setsid, or a process group of its own where there is no setsid),
    // so that Ctrl-C reaches the hub alone, which stops the server last. The watcher is a process of its own, so that
    // the shell notices at once when the server ends by itself, and so that a killed shell still leaves the watcher.
    private const string Watch = """
        trap '' INT HUP
        exec 3<&0
        if command -v setsid >/dev/null 2>&1; then setsid "$@" </dev/null 3<&- & else set -m; "$@" </dev/null 3<&- & fi
        server=$!
        (read -r _ <&3; kill -INT "$server") >/dev/null 2>&1 &
        watcher=$!
        exec 3<&-
        wait "$server"
        code=$?
        kill "$watcher" 2>/dev/null
        exit "$code"
        """;

    private const int LinesKept = 30;

    private readonly Process _process;
    private readonly Queue<string> _lines = new();
    private readonly Lock _gate = new();
    private readonly Action<string> _onLine;

    private ServerProcess(Process process, Action<string> onLine)
    {
        _process = process;
        _onLine = onLine;
    }

    public bool HasExited => _process.HasExited;

    /// <summary>The last lines the server wrote, oldest first.</summary>
    public string RecentOutput
    {
        get
        {
            lock (_gate)
            {
                return string.Join(Environment.NewLine, _lines);
            }
        }
    }

    /// <summary>Starts the server.</summary>
    /// <param name="account">Whom it runs as.</param>
    /// <param name="program">The postgres program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="onLine">Is given each line of its log.</param>
    public static ServerProcess Start(
        ServerAccount account,
        string program,
        IEnumerable<string> arguments,
        Action<string> onLine
    )
    {
        var start = account.Command(program, arguments);
        if (!OperatingSystem.IsWindows())
        {
            string[] words = ["-c", Watch, "sh", start.FileName, .. start.ArgumentList];
            start.FileName = "/bin/sh";
            start.ArgumentList.Clear();
            foreach (var word in words)
            {
                start.ArgumentList.Add(word);
            }
        }

        var server = new ServerProcess(new Process { StartInfo = start }, onLine);
        server._process.OutputDataReceived += (_, line) => server.Keep(line.Data);
        server._process.ErrorDataReceived += (_, line) => server.Keep(line.Data);
        server._process.Start();
        // Not drained, a full pipe would stop the server.
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Asks the server to stop (on Windows the caller does, by pg_ctl) and waits for its end.</summary>
    /// <returns>Whether it ended in time.</returns>
    public async Task<bool> StopAsync(TimeSpan patience)
    {
        _process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(patience);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>
    /// Waits, for an ended server, until its last words are read: they come by a pipe of their own, often after its end
    /// is known.
    /// </summary>
    /// <param name="patience">How long at most: a child of the server that lives on would hold the pipe open.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task HearOutAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            await _process.WaitForExitAsync(cancellationToken).WaitAsync(patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            // What has come until now has to do.
        }
    }

    public void Dispose() => _process.Dispose();

    private void Keep(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        lock (_gate)
        {
            _lines.Enqueue(line);
            if (_lines.Count > LinesKept)
            {
                _lines.Dequeue();
            }
        }

        _onLine(line);
    }
}
