using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ProPartHub.Domain.Data.Server;

/// <summary>
/// The hub's own PostgreSQL server for development and tests: made, started and stopped by this process, reachable by
/// this machine alone, with its data in a folder of the user. Needs PostgreSQL's programs or fetches them. Disposing
/// stops it; when this process is killed, the server stops as well, and whatever survives even that is stopped by the
/// next start on the same folder. Not for production.
/// </summary>
public sealed partial class PrivatePostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LastWordsPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly PrivatePostgresOptions _options;
    private readonly ILogger _logger;
    private readonly PostgresFolder _folder;
    private readonly PostgresCluster _cluster;
    private readonly string _password;
    private readonly Func<ServerProcess> _launch;
    private ServerProcess? _process;

    private PrivatePostgresServer(
        PrivatePostgresOptions options,
        ILogger logger,
        PostgresFolder folder,
        PostgresBinaries binaries,
        ServerAccount account,
        string password
    )
    {
        _options = options;
        _logger = logger;
        _folder = folder;
        _cluster = new PostgresCluster(folder, binaries, account);
        _password = password;
        var place = PostgresAddress.For(options, folder);
        _launch = () => ServerProcess.Start(account, binaries.Postgres, _cluster.Arguments(options, place), Log);
        ConnectionString = place.Connection(options.Database, options.Database, password, pooling: true);
        DirectConnectionString = place.Connection(options.Database, options.Database, password, pooling: false);
        SuperuserConnectionString = place.Connection("postgres", PostgresCluster.Superuser, password, pooling: false);
    }

    /// <summary>For everyday work: the hub's database as its owner, who is no superuser; pooled.</summary>
    public string ConnectionString { get; }

    /// <summary>The same unpooled, for what lives on one connection: LISTEN, advisory locks.</summary>
    public string DirectConnectionString { get; }

    /// <summary>The database "postgres" as superuser, unpooled: for making and dropping databases in tests.</summary>
    public string SuperuserConnectionString { get; }

    /// <summary>The folder of data, socket and password.</summary>
    public string Folder => _folder.Root;

    /// <summary>Process id of the server; <see langword="null"/> when it does not run.</summary>
    public int? ProcessId => _process is { HasExited: false } ? _cluster.Pid : null;

    /// <summary>Starts a server, making its data first where there is none, and waits until it answers.</summary>
    /// <param name="options">Folder, programs and manner.</param>
    /// <param name="logger">Is told about the steps; the server's own log goes there at level Debug.</param>
    /// <param name="cancellationToken">Gives the start up and cleans up after it.</param>
    /// <returns>The running server.</returns>
    /// <exception cref="PostgresUnavailableException">
    /// No programs found nor fetched, folder in use by another hub, unsuitable locale, or the server does not start.
    /// The message says what to do.
    /// </exception>
    public static async Task<PrivatePostgresServer> StartAsync(
        PrivatePostgresOptions options,
        ILogger logger,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logger);
        var folder = PostgresFolder.Claim(options.Folder);
        PrivatePostgresServer? server = null;
        try
        {
            var binaries =
                await PostgresBinaries.FindAsync(
                    options.BinariesFolder,
                    options.SearchFolders,
                    folder.Major,
                    cancellationToken
                ) ?? await PostgresDownload.FetchAsync(options, folder.Major, logger, cancellationToken);
            var account = await ServerAccount.ResolveAsync(options.ServerUser, cancellationToken);
            var password = await folder.PrepareAsync(account, cancellationToken);
            server = new PrivatePostgresServer(options, logger, folder, binaries, account, password);
            LogStarting(logger, binaries.Major, binaries.Folder, folder.Root);
            await server.StartAsync(cancellationToken);
            LogReady(logger, server.ProcessId);
            return server;
        }
        catch
        {
            await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Removes the folders of throw-away servers whose processes were killed, stopping what still runs there.</summary>
    /// <param name="parent">The folder in which they lie; nothing else may lie in it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task RemoveAbandonedAsync(string parent, CancellationToken cancellationToken)
    {
        foreach (var folder in PostgresFolder.ClaimAbandoned(parent))
        {
            using (folder)
            {
                var account = await ServerAccount.ResolveAsync(null, cancellationToken);
                if (
                    await PostgresBinaries.FindAsync(null, null, folder.Major, cancellationToken) is { } binaries
                    && File.Exists(folder.PidFile)
                )
                {
                    await new PostgresCluster(folder, binaries, account).StopLeftoverAsync(
                        "immediate",
                        cancellationToken
                    );
                }

                folder.Remove();
            }
        }
    }

    /// <summary>Stops the server at once but orderly, cutting its connections, and removes a throw-away one's folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await StopAsync(process);
        }

        if (_options.IsThrowAway)
        {
            _folder.Remove();
        }

        _folder.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await _cluster.StopLeftoverAsync("fast", cancellationToken))
        {
            LogLeftover(_logger, _folder.Root);
        }

        await _cluster.InitializeAsync(cancellationToken);
        var started = Stopwatch.StartNew();
        _process = _launch();
        while (!await AnswersAsync(cancellationToken))
        {
            if (started.Elapsed > _options.StartTimeout)
            {
                throw NotStarted("did not answer in time");
            }

            if (_process.HasExited)
            {
                await _process.HearOutAsync(LastWordsPatience, cancellationToken);
                // After a killed server its last children need a moment to notice and leave.
                if (!_process.RecentOutput.Contains("is still in use", StringComparison.Ordinal))
                {
                    throw NotStarted("ended at once");
                }

                _process.Dispose();
                _process = _launch();
            }

            await Task.Delay(PollInterval, cancellationToken);
        }

        await PostgresPreflight.CheckAsync(SuperuserConnectionString, cancellationToken);
        await PostgresCluster.CreateDatabaseAsync(
            SuperuserConnectionString,
            _options.Database,
            _password,
            cancellationToken
        );
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(SuperuserConnectionString);
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState != PostgresErrorCodes.CannotConnectNow)
        {
            throw NotStarted($"refused its own hub ({exception.MessageText})");
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task StopAsync(ServerProcess process)
    {
        using (process)
        {
            if (OperatingSystem.IsWindows())
            {
                await _cluster.StopLeftoverAsync("fast", CancellationToken.None);
            }

            if (!await process.StopAsync(StopPatience))
            {
                await _cluster.StopLeftoverAsync("immediate", CancellationToken.None);
            }
        }

        LogStopped(_logger, _folder.Root);
    }

    private PostgresUnavailableException NotStarted(string what) =>
        new(
            $"The hub's own PostgreSQL server in '{_folder.Root}' {what}. Its last words:{Environment.NewLine}{_process?.RecentOutput}"
        );

    private void Log(string line) => LogServer(_logger, line);

    [LoggerMessage(Level = LogLevel.Information, Message = "Starting PostgreSQL {Major} from {Programs} in {Folder}")]
    private static partial void LogStarting(ILogger logger, int major, string programs, string folder);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The private PostgreSQL server answers (process {ProcessId})"
    )]
    private static partial void LogReady(ILogger logger, int? processId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stopped a PostgreSQL server left behind in {Folder}")]
    private static partial void LogLeftover(ILogger logger, string folder);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopped the private PostgreSQL server in {Folder}")]
    private static partial void LogStopped(ILogger logger, string folder);

    [LoggerMessage(Level = LogLevel.Debug, Message = "postgres: {Line}")]
    private static partial void LogServer(ILogger logger, string line);
}
