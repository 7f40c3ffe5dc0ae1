namespace ProPartHub.Domain.Data.Server;

/// <summary>How a <see cref="PrivatePostgresServer"/> is started. Every property has a default that suits development.</summary>
public sealed record PrivatePostgresOptions
{
    /// <summary>The setting (as an environment variable) that hosts read into <see cref="BinariesFolder"/>.</summary>
    public const string BinariesSetting = "Database__PostgresBinaries";

    /// <summary>
    /// Folder of this server: its data, socket and password. Made when missing, kept between runs unless
    /// <see cref="IsThrowAway"/>. A lock file of the same name with <c>.lock</c> appended lies beside it.
    /// </summary>
    public string Folder { get; init; } = DefaultFolder("postgres");

    /// <summary>Folder with the programs postgres, initdb and pg_ctl; when set, nothing else is looked at.</summary>
    public string? BinariesFolder { get; init; }

    /// <summary>Folders looked through for installed programs, best first.</summary>
    public IReadOnlyList<string> SearchFolders { get; init; } = [.. PostgresBinaries.UsualFolders()];

    /// <summary>Where fetched programs are kept when none are installed. Must be readable by the server's user.</summary>
    public string DownloadFolder { get; init; } = DefaultFolder("binaries");

    /// <summary>Address of a Maven mirror to fetch from; <see langword="null"/> is Maven Central.</summary>
    public string? DownloadSource { get; init; }

    /// <summary>
    /// The account the server runs as when this process is root, since PostgreSQL refuses root. It needs an entry in
    /// the account database. <see langword="null"/> takes "postgres", else "nobody". Without root it is not used.
    /// </summary>
    public string? ServerUser { get; init; }

    /// <summary>Name of the database, and of the role that owns it and is no superuser, as in production.</summary>
    public string Database { get; init; } = "propart";

    /// <summary>
    /// Listen on a free loopback port instead of a Unix socket in <see cref="Folder"/>. The default on Windows;
    /// elsewhere it is also done by itself when the socket's path would be longer than the system allows.
    /// </summary>
    public bool UseTcp { get; init; } = OperatingSystem.IsWindows();

    /// <summary>
    /// For tests: nothing is flushed to disk, and the folder is removed when the server stops. Never for data that matters.
    /// </summary>
    public bool IsThrowAway { get; init; }

    /// <summary>The server's connection limit.</summary>
    public int MaxConnections { get; init; } = 200;

    /// <summary>How long the server may take until it answers, recovery after a crash included.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Where something of this name is kept by default: in a folder of the machine for root (the unprivileged server
    /// cannot enter root's home), else of the user.
    /// </summary>
    public static string DefaultFolder(string name) =>
        Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows()
            ? Path.Combine("/var/lib/propart-hub", name)
            : Path.Combine(
                Environment.GetFolderPath(
                    Environment.SpecialFolder.LocalApplicationData,
                    Environment.SpecialFolderOption.DoNotVerify
                ),
                "propart-hub",
                name
            );
}
