using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Data.Server;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace ProPartHub.Tests.Infrastructure.Postgres;

/// <summary>One throw-away server for the whole run, started when the first test asks, and the template that every
/// test's database is cloned from.</summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private const string Template = "hub_template";

    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static PrivatePostgresServer? _server;

    /// <summary>The server's connection string; starts the server and migrates the template on first use.</summary>
    internal static async Task<string> ServerAsync(CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken);
        try
        {
            return (_server ??= await StartAsync(cancellationToken)).ConnectionString;
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>Makes a database as migrations leave it; a file copy takes a few dozen milliseconds.</summary>
    internal static async Task<string> CloneAsync(string name, CancellationToken cancellationToken)
    {
        var server = await ServerAsync(cancellationToken);
        await ExecuteAsync(server, $"CREATE DATABASE {name} TEMPLATE {Template} STRATEGY FILE_COPY", cancellationToken);
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    internal static async Task DropAsync(string name) =>
        await ExecuteAsync(
            await ServerAsync(CancellationToken.None),
            $"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
            CancellationToken.None
        );

    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
        {
            NpgsqlConnection.ClearAllPools();
            await server.DisposeAsync();
        }
    }

    private static async Task<PrivatePostgresServer> StartAsync(CancellationToken cancellationToken)
    {
        SweepAbandoned();
        var server = await PrivatePostgresServer.StartAsync(
            new PrivatePostgresOptions
            {
                Folder = Path.Combine(Root, Environment.ProcessId.ToString("x")),
                IsThrowAway = true,
            },
            NullLogger.Instance,
            cancellationToken
        );
        await ExecuteAsync(server.ConnectionString, $"CREATE DATABASE {Template}", cancellationToken);
        await MigrateAsync(
            new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = Template }.ConnectionString,
            cancellationToken
        );

        // A single open connection to the template would block every clone.
        await ExecuteAsync(
            server.ConnectionString,
            $"ALTER DATABASE {Template} WITH ALLOW_CONNECTIONS false",
            cancellationToken
        );
        return server;
    }

    private static string Root => PrivatePostgresOptions.DefaultFolder("t");

    // Runs that were killed leave folders behind; their servers have ended with them.
    private static void SweepAbandoned()
    {
        foreach (var folder in Directory.Exists(Root) ? Directory.EnumerateDirectories(Root) : [])
        {
            var isRunning =
                int.TryParse(Path.GetFileName(folder), System.Globalization.NumberStyles.HexNumber, null, out var id)
                && System.Diagnostics.Process.GetProcesses().Any(process => process.Id == id);
            if (!isRunning)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task MigrateAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection()
            .AddHubData(connectionString, new DatabaseOptions { MaxPoolSize = 2 })
            .BuildServiceProvider();
        await using var db = await services
            .GetRequiredService<IDbContextFactory<HubDbContext>>()
            .CreateDbContextAsync(cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString
        );
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
