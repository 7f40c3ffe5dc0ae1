using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using ProPartHub.Domain;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Data.Server;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Benchmarks.Data;

/// <summary>A PostgreSQL of this run's own with the hub's schema and services over it; gone at the end.</summary>
internal sealed class ScratchHub : IAsyncDisposable
{
    private readonly PrivatePostgresServer _server;
    private readonly ServiceProvider _services;
    private readonly AsyncServiceScope _scope;
    private readonly string _folder;

    private ScratchHub(
        PrivatePostgresServer server,
        string folder,
        IInterceptor interceptor,
        Action<IServiceCollection, string>? add
    )
    {
        (_server, _folder) = (server, folder);
        var services = new ServiceCollection();
        add?.Invoke(services, server.ConnectionString);
        _services = services
            .AddHubData(server.ConnectionString, new DatabaseOptions { MaxPoolSize = 10 })
            .ConfigureDbContext<HubDbContext>(builder => builder.AddInterceptors(interceptor))
            .AddHubDomain()
            .BuildServiceProvider();
        _scope = _services.CreateAsyncScope();
    }

    public string ConnectionString => _server.ConnectionString;

    /// <summary>Process id of its PostgreSQL.</summary>
    public int ServerId => _server.ProcessId ?? throw new InvalidOperationException("PostgreSQL does not run.");

    public T Get<T>()
        where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    /// <param name="interceptor">Sees what EF Core does.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="add">Adds further services; it is given the connection string.</param>
    public static async Task<ScratchHub> StartAsync(
        IInterceptor interceptor,
        CancellationToken cancellationToken,
        Action<IServiceCollection, string>? add = null
    )
    {
        var folder = PrivatePostgresOptions.DefaultFolder($"b{Environment.ProcessId:x}");
        var server = await PrivatePostgresServer.StartAsync(
            new PrivatePostgresOptions { Folder = folder, IsThrowAway = true },
            NullLogger.Instance,
            cancellationToken
        );
        var hub = new ScratchHub(server, folder, interceptor, add);
        await using var db = await hub.OpenAsync(cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
        await hub.Get<StageDirectory>().EnsureLocalPipelineAsync(cancellationToken);
        return hub;
    }

    public Task<HubDbContext> OpenAsync(CancellationToken cancellationToken) =>
        Get<IDbContextFactory<HubDbContext>>().CreateDbContextAsync(cancellationToken);

    /// <summary>A connection on which a statement may take as long as it likes, for seeding.</summary>
    public async Task<NpgsqlConnection> PatientAsync(CancellationToken cancellationToken)
    {
        var connection = await Get<NpgsqlDataSource>().OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SET statement_timeout = 0", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await PatientAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _services.DisposeAsync();
        await _server.DisposeAsync();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
