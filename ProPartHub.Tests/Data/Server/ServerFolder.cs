using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using ProPartHub.Domain.Data.Server;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

namespace ProPartHub.Tests.Data.Server;

/// <summary>A folder for servers that are started more than once, removed with everything in it at the end.</summary>
internal sealed class ServerFolder : IDisposable
{
    /// <summary>Fast like a throw-away server, but its data stays when it stops.</summary>
    public PrivatePostgresOptions Options { get; } =
        TestServer.NewOptions() with
        {
            IsThrowAway = false,
            MaxConnections = 20,
        };

    public Task<PrivatePostgresServer> StartAsync(ILogger? logger = null) => StartAsync(Options, logger);

    public static Task<PrivatePostgresServer> StartAsync(PrivatePostgresOptions options, ILogger? logger = null) =>
        PrivatePostgresServer.StartAsync(options, logger ?? NullLogger.Instance, TestContext.Current.CancellationToken);

    public static async Task<object?> AskAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        using var folder = PostgresFolder.Claim(Options.Folder);
        folder.Remove();
    }
}
