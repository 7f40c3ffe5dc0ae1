using System.Diagnostics;

namespace ProPartHub.Domain.Data.Server;

/// <summary>Runs PostgreSQL's programs so that a server never outlives the hub.</summary>
internal static class ServerProcess
{
    // The shell waits for its input to close, which happens however this process ends, and then stops the server in the
    // fast way. SIGTERM would wait for clients; a kill would leave a lock and a recovery.
    private const string StopWithParent =
        """ "$@" </dev/null & p=$!; trap 'kill -INT $p' TERM INT; (read _; kill -INT $p 2>/dev/null) & wait $p """;

    public static Process Start(
        string program,
        IEnumerable<string> arguments,
        UnprivilegedAccount? account,
        OutputTail output
    )
    {
        string[] command = [.. account?.Wrap(program) ?? [program], .. arguments];
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(program, arguments)
            : new ProcessStartInfo("sh", ["-c", KeepInput(StopWithParent), "sh", .. command]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => output.Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    public static void RequestStop(Process process) => process.StandardInput.Close();

    public static async Task RunAsync(
        string program,
        IEnumerable<string> arguments,
        UnprivilegedAccount? account,
        CancellationToken cancellationToken
    )
    {
        string[] command = [.. account?.Wrap(program) ?? [program], .. arguments];
        using var process = Process.Start(
            new ProcessStartInfo(command[0], command[1..])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new PostgresUnavailableException($"{program} failed: {await errors}{await output}");
        }
    }

    // A background job of a non-interactive shell reads from nothing unless the shell's own input is handed to it.
    private static string KeepInput(string script) =>
        "exec 3<&0; " + script.Replace("read _", "read _ <&3", StringComparison.Ordinal);
}
