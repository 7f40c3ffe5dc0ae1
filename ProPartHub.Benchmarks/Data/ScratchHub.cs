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

    private ScratchHub(PrivatePostgresServer server, string folder, IInterceptor interceptor)
    {
        (_server, _folder) = (server, folder);
        _services = new ServiceCollection()
            .AddHubData(server.ConnectionString, new DatabaseOptions { MaxPoolSize = 10 })
            .ConfigureDbContext<HubDbContext>(builder => builder.AddInterceptors(interceptor))
            .AddHubDomain()
            .BuildServiceProvider();
        _scope = _services.CreateAsyncScope();
    }

    public string ConnectionString => _server.ConnectionString;

    public T Get<T>()
        where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    public static async Task<ScratchHub> StartAsync(IInterceptor interceptor, CancellationToken cancellationToken)
    {
        var folder = PrivatePostgresOptions.DefaultFolder($"b{Environment.ProcessId:x}");
        var server = await PrivatePostgresServer.StartAsync(
            new PrivatePostgresOptions { Folder = folder, IsThrowAway = true },
            NullLogger.Instance,
            cancellationToken
        );
        var hub = new ScratchHub(server, folder, interceptor);
        await using var db = await hub.OpenAsync(cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
        await hub.Get<StageDirectory>().EnsureLocalPipelineAsync(cancellationToken);
        return hub;
    }

    public Task<HubDbContext> OpenAsync(CancellationToken cancellationToken) =>
        Get<IDbContextFactory<HubDbContext>>().CreateDbContextAsync(cancellationToken);

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Get<NpgsqlDataSource>().CreateCommand(sql);
        command.CommandTimeout = 600;
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
