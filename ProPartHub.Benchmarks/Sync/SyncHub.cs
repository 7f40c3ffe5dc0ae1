using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProPartHub.Benchmarks.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.HubSpotSandbox;

namespace ProPartHub.Benchmarks.Sync;

/// <summary>An empty hub with the sync engine, which talks to a sandbox as the portal's would.</summary>
internal sealed class SyncHub : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly ScratchHub _hub;

    private SyncHub(ScratchHub hub, CallRecorder calls) => (_hub, Calls) = (hub, calls);

    public CallRecorder Calls { get; }

    /// <param name="sandbox">The account.</param>
    /// <param name="isLimited">Whether the engine keeps to the limits of its default settings, or to none at all.</param>
    /// <param name="interceptor">Sees what EF Core does.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="distance">How much longer each answer takes than over loopback.</param>
    public static async Task<SyncHub> StartAsync(
        SandboxHost sandbox,
        bool isLimited,
        IInterceptor interceptor,
        CancellationToken cancellationToken,
        TimeSpan distance = default
    )
    {
        var calls = new CallRecorder(distance);
        return new SyncHub(
            await ScratchHub.StartAsync(
                interceptor,
                cancellationToken,
                (services, connectionString) => Add(services, connectionString, sandbox, isLimited, calls)
            ),
            calls
        );
    }

    /// <summary>Runs the engine until the first import is done, or for as long as is given.</summary>
    /// <returns>True when it came to its end.</returns>
    public async Task<bool> ImportAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        var engine = _hub.Get<SyncEngine>();
        await engine.StartAsync(cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(longest);
        try
        {
            while (!await FirstImport.IsDoneAsync(_hub, limit.Token))
            {
                await Task.Delay(Look, limit.Token);
            }

            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            await engine.StopAsync(CancellationToken.None);
        }
    }

    public async Task<int> CountAsync<T>(CancellationToken cancellationToken)
        where T : class
    {
        await using var db = await _hub.OpenAsync(cancellationToken);
        return await db.Set<T>().CountAsync(cancellationToken);
    }

    /// <summary>How far each type has come.</summary>
    public async Task<IReadOnlyList<SyncCursor>> CursorsAsync(CancellationToken cancellationToken)
    {
        await using var db = await _hub.OpenAsync(cancellationToken);
        return await db.SyncCursors.AsNoTracking().ToListAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private static void Add(
        IServiceCollection services,
        string connectionString,
        SandboxHost sandbox,
        bool isLimited,
        CallRecorder calls
    )
    {
        if (!isLimited)
        {
            // The settings allow no such numbers, and rightly so.
            var none = new HubSpotOptions { RequestsPerTenSeconds = 1_000_000, SearchesPerSecond = 1_000_000 };
            services.AddSingleton(new HubSpotLimiter(Options.Create(none), TimeProvider.System));
        }

        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["HubSpot:BaseAddress"] = sandbox.BaseAddress.ToString(),
                    ["HubSpot:AccessToken"] = sandbox.Account.Options.AccessToken,
                    ["HubSpot:Sync:IsSandbox"] = bool.TrueString,
                }
            )
            .Build();
        services.ConfigureHttpClientDefaults(http => http.AddHttpMessageHandler(calls.Handler));
        services.AddLogging().AddHubSpotSyncServices().AddHubSpotSyncEngine(configuration, connectionString);
    }
}
