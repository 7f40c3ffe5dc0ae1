using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ProPartHub.Domain.Data.Server;

/// <summary>The folder of a private server: its data, its socket and the lock that keeps two hubs apart.</summary>
internal sealed class PostgresCluster(
    PrivatePostgresOptions options,
    PostgresBinaries binaries,
    UnprivilegedAccount? account
)
{
    private const int SocketPort = 5432;

    private string Data => Path.Combine(options.Folder, "data");

    private string Socket => Path.Combine(options.Folder, "s");

    /// <summary>Takes the folder for this process.</summary>
    /// <exception cref="PostgresUnavailableException">Another hub uses it.</exception>
    public FileStream Lock()
    {
        Directory.CreateDirectory(options.Folder);
        try
        {
            return new FileStream(
                Path.Combine(options.Folder, "hub.lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
        }
        catch (IOException error)
        {
            throw new PostgresUnavailableException(
                $"Another hub already uses the private database in {options.Folder}. Stop it first, "
                    + "or set ConnectionStrings__Hub to use a server of your own.",
                error
            );
        }
    }

    /// <summary>Makes the cluster when it is missing; an interrupted first start is begun anew.</summary>
    /// <exception cref="PostgresUnavailableException">The cluster cannot be made.</exception>
    public async Task EnsureCreatedAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(Path.Combine(options.Folder, "initialised")))
        {
            return;
        }

        foreach (var folder in new[] { Data, Socket })
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            Directory.CreateDirectory(folder);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            if (account is not null)
            {
                await account.GiveAsync(folder, cancellationToken);
            }
        }

        // With the locale C, trigrams and lower() ignore Cyrillic letters.
        string[] arguments =
        [
            "-D",
            Data,
            "-U",
            "propart",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-instructions",
            .. options.IsThrowAway ? ["--no-sync"] : Array.Empty<string>(),
        ];
        await ServerProcess.RunAsync(binaries.Program("initdb"), arguments, account, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(options.Folder, "initialised"), "", cancellationToken);
    }

    /// <summary>Stops a server that an earlier hub left behind in this folder.</summary>
    public async Task StopLeftoverAsync(CancellationToken cancellationToken)
    {
        var pidFile = Path.Combine(Data, "postmaster.pid");
        if (
            !File.Exists(pidFile)
            || !int.TryParse(
                (await File.ReadAllLinesAsync(pidFile, cancellationToken))[0],
                CultureInfo.InvariantCulture,
                out var id
            )
            || !IsPostgres(id)
        )
        {
            return;
        }

        await ServerProcess.RunAsync(
            binaries.Program("pg_ctl"),
            ["stop", "-D", Data, "-m", "fast", "-w"],
            account,
            cancellationToken
        );
    }

    /// <summary>Where the server listens, and the arguments that make it so.</summary>
    public (string Host, int Port, IReadOnlyList<string> Arguments) Endpoint()
    {
        var (host, port) = OperatingSystem.IsWindows() ? ("127.0.0.1", FreePort()) : (Socket, SocketPort);
        List<string> arguments = ["-D", Data, "-p", port.ToString(CultureInfo.InvariantCulture)];
        arguments.AddRange(OperatingSystem.IsWindows() ? ["-h", host] : ["-h", "", "-k", Socket]);
        arguments.AddRange(
            options.IsThrowAway
                ?
                [
                    "-F",
                    "-c",
                    "synchronous_commit=off",
                    "-c",
                    "full_page_writes=off",
                    "-c",
                    "max_connections=300",
                    "-c",
                    "wal_level=minimal",
                    "-c",
                    "max_wal_senders=0",
                ]
                : ["-c", "max_connections=200"]
        );
        return (host, port, arguments);
    }

    private static bool IsPostgres(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.ProcessName.StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
