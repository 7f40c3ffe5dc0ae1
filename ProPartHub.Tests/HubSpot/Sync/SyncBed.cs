using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.HubSpot.Webhooks;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.HubSpotSandbox;
using ProPartHub.HubSpotSandbox.Limits;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.HubSpotSandbox.Seed;
using ProPartHub.Tests.HubSpot.Api;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>
/// The sync engine over a real database and the real sandbox, all on one clock that stands still; its steps are driven by
/// the test instead of by time.
/// </summary>
internal sealed class SyncBed : IAsyncDisposable
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

    public Actor Olena { get; private set; } = null!;

    public Actor Ada { get; private set; } = null!;

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

    /// <summary>Tells of changed records as HubSpot's webhooks do.</summary>
    public async Task WebhookAsync(string kind, string objectId, int eventId = 1, string? extra = null)
    {
        var json = $$"""
            [{"eventId":{{eventId}},"subscriptionId":7,"portalId":50112233,"appId":1,
              "occurredAt":{{Clock.GetUtcNow().ToUnixTimeMilliseconds()}},"subscriptionType":"{{kind}}",
              "attemptNumber":0,"objectId":{{objectId}}{{extra}}}]
            """;
        await Get<WebhookInbox>().StoreAsync(WebhookPayload.Parse(System.Text.Encoding.UTF8.GetBytes(json)), Cancel);
    }

    public static LeadInput Input(int number, string name = "Клієнт Новий") =>
        new()
        {
            ClientName = $"{name} {number}",
            Phone = $"+38050{1000000 + number}",
            Email = $"client{number}@example.com",
            Country = "Балі",
            Language = "украинский",
            BudgetFrom = 200_000,
            BudgetTo = 500_000,
        };

    public async Task<Guid> LeadAsync(int number, Action<LeadInput>? change = null)
    {
        var input = Input(number);
        change?.Invoke(input);
        return (await Get<LeadService>().CreateAsync(Olena, input, null, Cancel)).Id;
    }

    /// <summary>A contact that somebody made in HubSpot.</summary>
    public string ContactThere(params (string Property, string? Value)[] values) =>
        Sandbox.HeadOffice.Create(
            ObjectType.Contacts,
            values.ToDictionary(value => value.Property, value => value.Value)
        );

    /// <summary>A lead that HubSpot has.</summary>
    public async Task<LeadSync> PushedAsync(int number = 1)
    {
        var id = await LeadAsync(number);
        await QuietAsync();
        return await SyncOfAsync(id);
    }

    public async Task EditAsync(Guid leadId, Action<LeadInput> change)
    {
        var opened = LeadInput.From(await LoadAsync(leadId));
        var typed = opened with { };
        change(typed);
        var result = await Get<LeadService>().EditAsync(Ada, leadId, opened, typed, new HashSet<LeadField>(), Cancel);
        Assert.True(result.Saved);
    }

    public async Task<T> ReadAsync<T>(Func<HubDbContext, Task<T>> query)
    {
        await using var db = await Get<HubDatabase>().ReadAsync(Cancel);
        return await query(db);
    }

    public Task<Lead> LoadAsync(Guid leadId) =>
        ReadAsync(db => db.Leads.SingleAsync(lead => lead.Id == leadId, Cancel));

    public Task<LeadSync> SyncOfAsync(Guid leadId) =>
        ReadAsync(db => db.LeadSyncs.SingleAsync(sync => sync.LeadId == leadId, Cancel));

    public Task<int> WaitingAsync() => ReadAsync(db => db.Outbox.CountAsync(entry => entry.ParkedAt == null, Cancel));

    public Task<int> EventsAsync() => ReadAsync(db => db.LeadEvents.CountAsync(Cancel));

    /// <summary>The account's live records of a type.</summary>
    public IReadOnlyList<CrmRecord> Live(ObjectType type) =>
        Sandbox.Account.Locked<IReadOnlyList<CrmRecord>>(() =>
            [.. Sandbox.Account.Records(type).All.Where(record => !record.Archived)]
        );

    /// <summary>The live records of a type that are tied to a deal, oldest first.</summary>
    public List<CrmRecord> TiedTo(string dealId, ObjectType type) =>
        Sandbox.Account.Locked(() =>
            Sandbox
                .Account.Associations.Of(Sandbox.Account.Records(ObjectType.Deals).Find(dealId)!, type)
                .Select(link => link.To)
                .Where(record => !record.Archived)
                .OrderBy(record => record.IdText, StringComparer.Ordinal)
                .ToList()
        );

    public string? Value(ObjectType type, string id, string property) =>
        Sandbox.Account.Locked(() => Sandbox.Account.Records(type).Find(id)![property]);

    /// <summary>The values a property had, as HubSpot's history of it tells.</summary>
    public IReadOnlyList<string?> Versions(ObjectType type, string id, string property) =>
        Sandbox.Account.Locked<IReadOnlyList<string?>>(() =>
            [.. Sandbox.Account.Records(type).Find(id)!.History(property).Select(version => version.Value)]
        );

    public string? Deal(LeadSync sync, string property) => Value(ObjectType.Deals, sync.DealId!, property);

    public string? Contact(LeadSync sync, string property) => Value(ObjectType.Contacts, sync.ContactId!, property);

    public async ValueTask DisposeAsync()
    {
        await (Round?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _scope.DisposeAsync();
        await _services.DisposeAsync();
        await Sandbox.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task<SyncRound> OpenedAsync() => (await Get<SyncEngine>().OpenAsync(Cancel)).Round;

    private Task SeedPeopleAsync(bool isDemo)
    {
        var team = new Team { Name = "Північ" };
        Olena = new(Guid.CreateVersion7(), "Олена Гнатюк", Role.Agent, team.Id);
        Ada = new(Guid.CreateVersion7(), "Ada Byron", Role.Admin, null);
        return Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.Teams.Add(team);
                    foreach (
                        var (actor, login, mail) in new[]
                        {
                            // Equal to an owner of the sandbox's account: the two are linked by themselves.
                            (Olena, "olena", "olena@propart.example.com"),
                            (Ada, "ada", "ada@example.com"),
                        }
                    )
                    {
                        db.Users.Add(
                            new HubUser
                            {
                                Id = actor.UserId,
                                UserName = login,
                                NormalizedUserName = login.ToUpperInvariant(),
                                Email = mail,
                                NormalizedEmail = mail.ToUpperInvariant(),
                                DisplayName = actor.Name,
                                Role = actor.Role,
                                TeamId = actor.TeamId,
                                CreatedAt = Clock.GetUtcNow(),
                                IsDemo = isDemo,
                            }
                        );
                    }

                    return Task.CompletedTask;
                },
                Cancel
            );
    }
}
