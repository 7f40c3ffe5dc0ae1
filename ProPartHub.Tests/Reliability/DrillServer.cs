using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using ProPartHub.Benchmarks.Drills;
using ProPartHub.Domain.Data.Server;
using ProPartHub.Tests.Data.Server;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Reliability;

/// <summary>A PostgreSQL of one drill's own, which may be stopped, frozen and spoilt without hurting any other test.</summary>
internal sealed class DrillServer : IAsyncDisposable
{
    private readonly ServerFolder _folder = new();
    private PrivatePostgresServer _server = null!;

    private DrillServer() { }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Reaches the portal's database; the same after a restart.</summary>
    public string ConnectionString => _server.ConnectionString;

    /// <summary>Folder of the server's data.</summary>
    public string Folder => _server.Folder;

    public static async Task<DrillServer> StartAsync()
    {
        var server = new DrillServer();
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Stops the server: connections are cut, and nobody listens.</summary>
    public ValueTask StopAsync() => _server.DisposeAsync();

    /// <summary>Starts it on the data that it had.</summary>
    public async Task StartAgainAsync() =>
        _server = await PrivatePostgresServer.StartAsync(_folder.Options, NullLogger.Instance, Token);

    /// <summary>Freezes it: connections stay open, and nobody answers.</summary>
    public Task PauseAsync() => ServerFreeze.BeginAsync(Main);

    /// <summary>Lets it go on with what it was asked meanwhile.</summary>
    public Task ResumeAsync() => ServerFreeze.EndAsync(Main);

    /// <summary>Runs a command as the server's superuser, for whom a connection is always kept.</summary>
    /// <param name="sql">The command.</param>
    /// <param name="database">The database; the server's own by default.</param>
    public async Task ExecuteAsync(string sql, string? database = null)
    {
        await using var connection = new NpgsqlConnection(Superuser(database));
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }

    /// <summary>Waits until a setting of new connections shows a value.</summary>
    public Task UntilAsync(string show, string value) =>
        Eventually.IsAsync(async () => (string?)await ServerFolder.AskAsync(Superuser(null), show) == value, Token);

    /// <summary>A number from the portal's database.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Superuser(_folder.Options.Database));
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server.ProcessId is not null)
        {
            await ResumeAsync();
        }

        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private int Main => _server.ProcessId ?? throw new InvalidOperationException("The server does not run.");

    private string Superuser(string? database)
    {
        var builder = new NpgsqlConnectionStringBuilder(_server.SuperuserConnectionString);
        builder.Database = database ?? builder.Database;
        return builder.ConnectionString;
    }
}
