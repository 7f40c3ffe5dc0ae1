using System.Diagnostics;

namespace ProPartHub.Domain.Data.Server;

/// <summary>What a finished command said: its exit code, and both of its outputs as one text.</summary>
internal sealed record CommandResult(int ExitCode, string Output);

/// <summary>
/// The account PostgreSQL's programs run as: this process's own, or an unprivileged one when this process is root,
/// because PostgreSQL refuses to run as root.
/// </summary>
internal sealed class ServerAccount
{
    private const string SetPriv = "/usr/bin/setpriv";

    private readonly string? _name;

    private ServerAccount(string? name) => _name = name;

    /// <summary>The account of this process.</summary>
    public static ServerAccount Current { get; } = new(null);

    /// <summary>The account for a server.</summary>
    /// <param name="configured">The account to drop to from root; <see langword="null"/> takes postgres, else nobody.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <exception cref="PostgresUnavailableException">This process is root and cannot drop to such an account.</exception>
    public static async Task<ServerAccount> ResolveAsync(string? configured, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return Current;
        }

        string[] names = configured is null ? ["postgres", "nobody"] : [configured];
        if (File.Exists(SetPriv))
        {
            foreach (var name in names)
            {
                var known = await Current.RunAsync("id", ["-u", name], cancellationToken);
                if (known.ExitCode == 0 && known.Output.Trim() != "0")
                {
                    return new ServerAccount(name);
                }
            }
        }

        throw new PostgresUnavailableException(
            $"PostgreSQL does not run as root, and the hub could not drop to the account {string.Join(" or ", names)}: "
                + $"either no such unprivileged account exists or {SetPriv} is missing (Debian: package util-linux). "
                + "Start the hub as an ordinary user, or set ConnectionStrings__Hub to a server of your own."
        );
    }

    /// <summary>The start information of a program run as this account, with both outputs redirected.</summary>
    public ProcessStartInfo Command(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            // The caller's folder may be closed to the other account.
            WorkingDirectory = Path.GetPathRoot(Environment.SystemDirectory) is { Length: > 0 } root ? root : "/",
        };
        string[] prefix = _name is null
            ? []
            : [SetPriv, $"--reuid={_name}", $"--regid={_name}", "--clear-groups", "--no-new-privs", "--"];
        string[] words = [.. prefix, program, .. arguments];
        start.FileName = words[0];
        foreach (var word in words.Skip(1))
        {
            start.ArgumentList.Add(word);
        }

        // English answers; and on macOS a server without a valid locale in its environment refuses to start.
        start.Environment["LC_ALL"] = "C";
        foreach (
            var name in start.Environment.Keys.Where(key => key.StartsWith("PG", StringComparison.Ordinal)).ToList()
        )
        {
            start.Environment.Remove(name);
        }

        return start;
    }

    /// <summary>Runs a program as this account to its end.</summary>
    public async Task<CommandResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        CancellationToken cancellationToken
    )
    {
        using var process = new Process { StartInfo = Command(program, arguments) };
        process.Start();
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return new CommandResult(process.ExitCode, await output + await errors);
    }

    /// <summary>Gives a file or folder of this process to this account.</summary>
    /// <exception cref="PostgresUnavailableException">The account cannot reach it: a folder above is closed to it.</exception>
    public async Task GiveAsync(string path, CancellationToken cancellationToken)
    {
        if (_name is null)
        {
            return;
        }

        var owned = await Current.RunAsync("chown", [_name, path], cancellationToken);
        var reachable = await RunAsync("test", ["-r", path], cancellationToken);
        if (owned.ExitCode != 0 || reachable.ExitCode != 0)
        {
            throw new PostgresUnavailableException(
                $"The hub runs as root, so PostgreSQL runs as '{_name}', and that account cannot reach '{path}'. "
                    + "Choose a folder whose parents it may enter (not below a root-only home), or start the hub as an ordinary user. "
                    + owned.Output.Trim()
            );
        }
    }
}
