namespace ProPartHub.Domain.Data.Server;

/// <summary>How the private server is started.</summary>
public sealed record PrivatePostgresOptions
{
    /// <summary>Folder of the cluster; made when missing. It must be traversable for an unprivileged user when run as root.</summary>
    public required string Folder { get; init; }

    /// <summary>Folder of PostgreSQL's programs; empty to look in the usual places.</summary>
    public string? BinariesFolder { get; init; }

    /// <summary>True for a cluster of tests: no fsync, many connections. Never for data that matters.</summary>
    public bool IsThrowAway { get; init; }

    /// <summary>Name of the database made at first start.</summary>
    public string Database { get; init; } = "propart";

    /// <summary>Where a person's development data lives: <c>/var/lib</c> as root, else the user's data folder.</summary>
    public static string DefaultFolder(string name) =>
        Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows()
            ? Path.Combine("/var/lib/propart-hub", name)
            : Path.Combine(
                Environment.GetFolderPath(
                    Environment.SpecialFolder.LocalApplicationData,
                    Environment.SpecialFolderOption.Create
                ),
                "propart-hub",
                name
            );
}
