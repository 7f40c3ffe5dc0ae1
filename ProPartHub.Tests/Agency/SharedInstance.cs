using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProPartHub.Domain;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Live;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Live;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Tests.Agency;

/// <summary>The services of one instance over a database that others share, with its own feed and its own cache.</summary>
internal sealed class SharedInstance : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly AsyncServiceScope _scope;

    private SharedInstance(string connectionString, string? redis)
    {
        var services = new ServiceCollection()
            .AddHubData(connectionString, new DatabaseOptions { MaxPoolSize = 5 })
            .ConfigureDbContext<HubDbContext>(builder => builder.AddInterceptors(Sql))
            .AddHubDomain()
            .AddLiveFeed(connectionString);
        if (redis is not null)
        {
            CacheHosting.AddRedis(services, redis);
        }

        _services = services.BuildServiceProvider();
        _scope = _services.CreateAsyncScope();
    }

    /// <summary>What it has asked of the database.</summary>
    public SqlCounter Sql { get; } = new();

    public FeedStatus Feed => Get<FeedStatus>();

    /// <summary>Starts one that hears of changes.</summary>
    public static async Task<SharedInstance> StartAsync(
        string connectionString,
        CancellationToken cancellationToken,
        string? redis = null
    )
    {
        var instance = new SharedInstance(connectionString, redis);
        await instance.Listener.StartAsync(cancellationToken);
        await Eventually.IsAsync(() => instance.Feed.Current.IsConnected, cancellationToken);
        return instance;
    }

    public T Get<T>()
        where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    /// <summary>How many commands a piece of work sends.</summary>
    public async Task<int> CommandsAsync(Func<Task> work)
    {
        Sql.Reset();
        await work();
        return Sql.Commands.Count;
    }

    public async ValueTask DisposeAsync()
    {
        await Listener.StopAsync(CancellationToken.None);
        await _scope.DisposeAsync();
        await _services.DisposeAsync();
    }

    private FeedListener Listener => _services.GetServices<IHostedService>().OfType<FeedListener>().Single();
}
