namespace ProPartHub.Domain.Data.Server;

/// <summary>The account that PostgreSQL's processes run as when the hub runs as root.</summary>
/// <param name="Name">Name of the account.</param>
internal sealed record UnprivilegedAccount(string Name)
{
    // The first that exists: PostgreSQL's own account where its package is installed, else one that every Unix has.
    private static readonly string[] Candidates = ["postgres", "nobody"];

    /// <summary>Null when this process is not root and no other account is needed.</summary>
    public static UnprivilegedAccount? ForThisProcess()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        var known = File.ReadLines("/etc/passwd").Select(line => line.Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        return new UnprivilegedAccount(
            Candidates.FirstOrDefault(known.Contains)
                ?? throw new PostgresUnavailableException(
                    "PostgreSQL refuses to run as root and no unprivileged account was found in /etc/passwd."
                )
        );
    }

    /// <summary>Puts a program and its arguments behind the switch to the account.</summary>
    public IEnumerable<string> Wrap(string program) =>
        ["setpriv", $"--reuid={Name}", $"--regid={GroupId()}", "--clear-groups", "--no-new-privs", program];

    /// <summary>Gives a folder to the account.</summary>
    public Task GiveAsync(string folder, CancellationToken cancellationToken) =>
        ServerProcess.RunAsync("chown", ["-R", $"{Name}:{GroupId()}", folder], account: null, cancellationToken);

    private string GroupId() =>
        File.ReadLines("/etc/passwd").Select(line => line.Split(':')).First(fields => fields[0] == Name)[3];
}
