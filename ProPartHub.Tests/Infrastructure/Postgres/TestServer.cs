using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using ProPartHub.Domain.Data.Server;

namespace ProPartHub.Tests.Infrastructure.Postgres;

/// <summary>A running throw-away server, and the templates it has so far.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private const int MaxConnections = 300;
    private const int PoolSize = 5;

    private readonly PrivatePostgresServer _server;
    private readonly ConcurrentDictionary<string, Lazy<Task>> _templates = new(StringComparer.Ordinal);

    private TestServer(PrivatePostgresServer server) => _server = server;

    /// <summary>Where the servers of test runs lie, each in a folder of its own.</summary>
    public static string Parent => PrivatePostgresOptions.DefaultFolder("tests");

    /// <summary>Options of a throw-away server in a new folder.</summary>
    public static PrivatePostgresOptions NewOptions() =>
        new()
        {
            Folder = Path.Combine(Parent, Guid.NewGuid().ToString("N")[..8]),
            IsThrowAway = true,
            MaxConnections = MaxConnections,
        };

    public static async Task<TestServer> StartAsync()
    {
        await PrivatePostgresServer.RemoveAbandonedAsync(Parent, CancellationToken.None);
        return new TestServer(
            await PrivatePostgresServer.StartAsync(NewOptions(), NullLogger.Instance, CancellationToken.None)
        );
    }

    /// <summary>Copies a template, filling it first if nobody has; a file copy takes a few dozen milliseconds.</summary>
    /// <returns>A connection string of the role that owns the copy, with a small pool: many tests share the server.</returns>
    public async Task<string> CloneAsync(TemplateDatabase template, string name, CancellationToken cancellationToken)
    {
        // Shared by all who ask, so that one test's cancellation does not fail another's template.
        await _templates
            .GetOrAdd(template.Name, _ => new(() => FillAsync(template)))
            .Value.WaitAsync(cancellationToken);
        await ExecuteAsync(
            $"CREATE DATABASE {name} OWNER {Owner} TEMPLATE {template.Name} STRATEGY FILE_COPY",
            cancellationToken
        );
        return Connection(name, pooling: true);
    }

    public Task DropAsync(string name) =>
        ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", CancellationToken.None);

    /// <summary>Cuts every connection to a database and refuses new ones, as a lost server does.</summary>
    public async Task ShutAsync(string name)
    {
        await ExecuteAsync($"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false", CancellationToken.None);
        await ExecuteAsync(
            $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
            CancellationToken.None
        );
    }

    /// <summary>Lets connections in again.</summary>
    public Task ReopenAsync(string name) =>
        ExecuteAsync($"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true", CancellationToken.None);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>Reaches it as a role that may make databases.</summary>
    public string SuperuserConnection => _server.SuperuserConnectionString;

    private string Owner => new NpgsqlConnectionStringBuilder(_server.ConnectionString).Username!;

    private async Task FillAsync(TemplateDatabase template)
    {
        await ExecuteAsync($"CREATE DATABASE {template.Name} OWNER {Owner}", CancellationToken.None);
        await template.FillAsync(Connection(template.Name, pooling: false), CancellationToken.None);

        // A single open connection to the template would block every copy.
        await ExecuteAsync($"ALTER DATABASE {template.Name} WITH ALLOW_CONNECTIONS false", CancellationToken.None);
    }

    private string Connection(string database, bool pooling) =>
        new NpgsqlConnectionStringBuilder(_server.ConnectionString)
        {
            Database = database,
            Pooling = pooling,
            MaxPoolSize = PoolSize,
        }.ConnectionString;

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_server.SuperuserConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
