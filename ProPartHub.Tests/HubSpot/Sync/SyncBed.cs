using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.HubSpotSandbox;
using ProPartHub.HubSpotSandbox.Limits;
using ProPartHub.HubSpotSandbox.Seed;
using ProPartHub.Tests.HubSpot.Api;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>
/// The sync engine over a real database and the real sandbox, all on one clock that stands still; its steps are driven by
/// the test instead of by time.
/// </summary>
internal sealed partial class SyncBed : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;
    private readonly AsyncServiceScope _scope;

    private SyncBed(
        TestDatabase database,
        SandboxHost sandbox,
        TestClock clock,
        bool isSandbox,
        Func<DelegatingHandler>? wire
    )
    {
        (_database, Sandbox, Clock) = (database, sandbox, clock);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["HubSpot:BaseAddress"] = sandbox.BaseAddress.ToString(),
                    ["HubSpot:AccessToken"] = "sandbox-access-token",
                    ["HubSpot:RequestsPerTenSeconds"] = "250",
                    ["HubSpot:AssociationsPerTenSeconds"] = "200",
                    ["HubSpot:Sync:IsSandbox"] = isSandbox.ToString(),
                }
            )
            .Build();
        var services = new ServiceCollection();
        if (wire is not null)
        {
            services.ConfigureHttpClientDefaults(http => http.AddHttpMessageHandler(wire));
        }

        _services = services
            .AddLogging()
            .AddSingleton<TimeProvider>(clock)
            .AddHubData(database.ConnectionString, new DatabaseOptions { MaxPoolSize = 5 })
            .AddHubDomain()
            .AddHubSpotSyncServices()
            .AddHubSpotSyncEngine(configuration, database.ConnectionString)
            .BuildServiceProvider();
        _scope = _services.CreateAsyncScope();
    }

    public SandboxHost Sandbox { get; }

    public TestClock Clock { get; }

    public SyncRound Round { get; private set; } = null!;

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    /// <summary>A bed with an account of so many deals; not yet connected.</summary>
    /// <param name="deals">Deals in the account, each with a contact.</param>
    /// <param name="isSandbox">Whether the hub knows that the account is the sandbox.</param>
    /// <param name="isDemo">Whether the people are demo people.</param>
    /// <param name="indexDelay">How long a change stays invisible to search.</param>
    /// <param name="skew">How far HubSpot's clock runs ahead of the hub's.</param>
    /// <param name="wire">Stands between the client and HubSpot.</param>
    /// <param name="scopes">What the token may do; all of it where none are named.</param>
    public static async Task<SyncBed> CreateAsync(
        int deals = 0,
        bool isSandbox = true,
        bool isDemo = false,
        TimeSpan? indexDelay = null,
        TimeSpan skew = default,
        Func<DelegatingHandler>? wire = null,
        params IReadOnlyList<string> scopes
    )
    {
        var clock = new TestClock();
        var sandbox = await SandboxHost.StartAsync(
            new SandboxOptions
            {
                TimeProvider = skew == TimeSpan.Zero ? clock : new SkewedClock(clock, skew),
                Limits = new RateLimitOptions { Enabled = false },
                Seed = new SeedOptions { Contacts = deals, Deals = deals },
                SearchIndexDelay = indexDelay ?? TimeSpan.Zero,
                Scopes = scopes,
            },
            Cancel
        );
        var bed = new SyncBed(await TestDatabase.CreateAsync(Cancel), sandbox, clock, isSandbox, wire);
        await bed.Get<StageDirectory>().EnsureLocalPipelineAsync(Cancel);
        await bed.SeedPeopleAsync(isDemo);
        return bed;
    }

    /// <summary>A bed that has taken in everything its account holds.</summary>
    public static async Task<SyncBed> ConnectedAsync(
        int deals = 0,
        TimeSpan? indexDelay = null,
        TimeSpan skew = default,
        Func<DelegatingHandler>? wire = null
    )
    {
        var bed = await CreateAsync(deals, indexDelay: indexDelay, skew: skew, wire: wire);
        await bed.OpenAsync();
        await bed.QuietAsync();
        return bed;
    }

    /// <summary>Connects, as an engine does when it has got the lease; again, it is a new holder.</summary>
    public async Task OpenAsync()
    {
        // A holder that died reads nothing any more.
        await (Round?.DisposeAsync() ?? ValueTask.CompletedTask);
        Round = await DriveAsync(OpenedAsync());
    }

    /// <summary>Runs rounds until nothing is left to do now.</summary>
    public async Task QuietAsync()
    {
        for (var round = 0; await OnceAsync(); round++)
        {
            Assert.True(round < 1000, "The sync does not come to rest.");
        }
    }

    /// <summary>One round, and whatever it reads ahead in the background: to its end, so that chance has no say.</summary>
    public async Task<bool> OnceAsync()
    {
        var isAhead = false;
        try
        {
            var busy = await DriveAsync(Task.Run(() => Round.RunOnceAsync(Cancel), Cancel));
            isAhead |= busy;
        }
        finally
        {
            isAhead |= await DriveAsync(Task.Run(Round.SettleAsync, Cancel));
        }

        return isAhead;
    }

    public Task<T> DriveAsync<T>(Task<T> task) => Clock.DriveAsync(task);

    /// <summary>Lets time pass: polls become due, backoffs end.</summary>
    public async Task LaterAsync(TimeSpan time)
    {
        Clock.Advance(time);
        await QuietAsync();
    }

    /// <summary>An admin turns a part of the exchange off or on.</summary>
    public Task SwitchAsync(SyncPart part, bool isOn) => Get<SyncSwitches>().SetAsync(Ada, part, isOn, Cancel);

    public async ValueTask DisposeAsync()
    {
        await (Round?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _scope.DisposeAsync();
        await _services.DisposeAsync();
        await Sandbox.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task<SyncRound> OpenedAsync() => (await Get<SyncEngine>().OpenAsync(Cancel)).Round;
}
