using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Benchmarks.Circuits;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

namespace ProPartHub.Tests.Reliability;

/// <summary>The real portal with an agent and an admin, and browsers without a screen that can be slow or lost.</summary>
internal sealed class CircuitBed : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly List<CircuitClient> _clients = [];

    private CircuitBed(TestDatabase database, HubHost hub) => (_database, Hub) = (database, hub);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public HubHost Hub { get; }

    /// <summary>An agent.</summary>
    public HubUser Agent { get; private set; } = null!;

    /// <summary>An admin, who sees what the agent does.</summary>
    public HubUser Admin { get; private set; } = null!;

    /// <param name="time">The portal's clock; the machine's own if null.</param>
    /// <param name="kept">How long a circuit without its browser is kept; as the portal does if null.</param>
    /// <param name="settings">Further settings of the portal.</param>
    public static async Task<CircuitBed> StartAsync(
        TimeProvider? time = null,
        TimeSpan? kept = null,
        Dictionary<string, string?>? settings = null
    )
    {
        var database = await TestDatabase.CreateAsync(Token);
        var hub = await HubHost.StartAsync(
            database.ConnectionString,
            new()
            {
                Time = time,
                Settings = settings ?? new Dictionary<string, string?>(),
                Services = services =>
                    services.PostConfigure<CircuitOptions>(circuits =>
                        circuits.DisconnectedCircuitRetentionPeriod =
                            kept ?? circuits.DisconnectedCircuitRetentionPeriod
                    ),
            }
        );
        return new CircuitBed(database, hub)
        {
            Agent = await hub.AddUserAsync("partner", AccountHub.Password),
            Admin = await hub.AddUserAsync("chief", AccountHub.Password, Role.Admin),
        };
    }

    /// <summary>A service of the portal, in a scope of its own.</summary>
    public async Task<T> UseAsync<TService, T>(Func<TService, Task<T>> use)
        where TService : notnull
    {
        await using var scope = Hub.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>A lead of the agent's.</summary>
    public Task<LeadCreated> LeadAsync(int number) =>
        UseAsync<LeadService, LeadCreated>(leads =>
            leads.CreateAsync(Agent.ToActor("test"), HubBed.Input(number), Agent.Id, Token)
        );

    /// <summary>Gives a lead another name.</summary>
    public Task RenameAsync(Guid leadId, string name) =>
        UseAsync<LeadService, LeadEditResult>(async leads =>
        {
            LeadInput opened;
            await using (var db = await Hub.Database.ReadAsync(Token))
            {
                opened = LeadInput.From((await db.Leads.FindAsync([leadId], Token))!);
            }

            var typed = opened with { ClientName = name };
            return await leads.EditAsync(Agent.ToActor("test"), leadId, opened, typed, new HashSet<LeadField>(), Token);
        });

    /// <summary>Opens a page as a person, collecting what it shows.</summary>
    public async Task<(CircuitClient Client, ConcurrentQueue<string> Texts)> OpenAsync(HubUser user, string path)
    {
        var texts = new ConcurrentQueue<string>();
        var client = await CircuitClient.OpenAsync(
            Hub.BaseAddress,
            path.TrimStart('/'),
            await SignInAsync(user),
            batch => batch.Content.Texts.ForEach(texts.Enqueue),
            Token
        );
        _clients.Add(client);
        return (client, texts);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await Hub.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task<CookieContainer> SignInAsync(HubUser user)
    {
        var cookies = new CookieContainer();
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies };
        using var browser = new HttpClient(handler) { BaseAddress = Hub.BaseAddress };
        using var answer = await browser.LogInAsync(user.UserName!, AccountHub.Password);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return cookies;
    }
}
