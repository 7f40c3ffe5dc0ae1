using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ProPartHub.Domain.Data.Server;

/// <summary>
/// A PostgreSQL server of the hub's own, for development and tests, listening on a socket in its own folder (or, on
/// Windows, on a free loopback port). As root its processes run as an unprivileged user, because PostgreSQL refuses
/// root. It ends with this process, even when this process is killed.
/// </summary>
public sealed partial class PrivatePostgresServer : IAsyncDisposable
{
    private const string SuperUser = "propart";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly FileStream _lock;
    private readonly PrivatePostgresOptions _options;

    private PrivatePostgresServer(
        Process process,
        FileStream folderLock,
        PrivatePostgresOptions options,
        string host,
        int port
    )
    {
        _process = process;
        _lock = folderLock;
        _options = options;
        ConnectionString = new NpgsqlConnectionStringBuilder
        {
            Host = host,
            Port = port,
            Username = SuperUser,
            Database = options.Database,
        }.ConnectionString;
    }

    /// <summary>Connection string of <see cref="PrivatePostgresOptions.Database"/>.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts the server, making the cluster and the database when they are missing.</summary>
    /// <exception cref="PostgresUnavailableException">There are no programs, or the server does not start; the message
    /// says what to do.</exception>
    public static async Task<PrivatePostgresServer> StartAsync(
        PrivatePostgresOptions options,
        ILogger logger,
        CancellationToken cancellationToken
    )
    {
        var binaries = await PostgresProvision.BinariesAsync(options, cancellationToken);
        var account = UnprivilegedAccount.ForThisProcess();
        var cluster = new PostgresCluster(options, binaries, account);
        var folderLock = cluster.Lock();
        try
        {
            await cluster.EnsureCreatedAsync(cancellationToken);
            await cluster.StopLeftoverAsync(cancellationToken);
            var (host, port, arguments) = cluster.Endpoint();
            var output = new OutputTail();
            var process = ServerProcess.Start(binaries.Program("postgres"), arguments, account, output);
            var server = new PrivatePostgresServer(process, folderLock, options, host, port);
            try
            {
                await server.WaitUntilReadyAsync(output, cancellationToken);
                await server.EnsureDatabaseAsync(cancellationToken);
                await PostgresPreflight.CheckAsync(server.ConnectionString, cancellationToken);
            }
            catch
            {
                await server.DisposeAsync();
                throw;
            }

            LogStarted(logger, binaries.Version, options.Folder);
            return server;
        }
        catch
        {
            await folderLock.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the server in its fast way: sessions end, data is safe.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            ServerProcess.RequestStop(_process);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        await _lock.DisposeAsync();
        if (_options.IsThrowAway)
        {
            Directory.Delete(_options.Folder, recursive: true);
        }
    }

    private async Task WaitUntilReadyAsync(OutputTail output, CancellationToken cancellationToken)
    {
        var maintenance = new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            Database = "postgres",
            Pooling = false,
            Timeout = 5,
        }.ConnectionString;
        for (var started = Stopwatch.StartNew(); ; )
        {
            try
            {
                await using var connection = new NpgsqlConnection(maintenance);
                await connection.OpenAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException error)
            {
                if (_process.HasExited || started.Elapsed > StartLimit)
                {
                    throw new PostgresUnavailableException(
                        $"The private PostgreSQL server in {_options.Folder} does not start. Its last words:\n{output}",
                        error
                    );
                }

                await Task.Delay(50, cancellationToken);
            }
        }
    }

    private async Task EnsureDatabaseAsync(CancellationToken cancellationToken)
    {
        var maintenance = new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            Database = "postgres",
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(maintenance.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var look = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection)
        {
            Parameters = { new() { Value = _options.Database } },
        };
        if (await look.ExecuteScalarAsync(cancellationToken) is null)
        {
            await using var create = new NpgsqlCommand($"CREATE DATABASE \"{_options.Database}\"", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "Private PostgreSQL {Version} runs in {Folder}")]
    private static partial void LogStarted(ILogger logger, int version, string folder);
}
