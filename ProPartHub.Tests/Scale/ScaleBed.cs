using Microsoft.Playwright;
using Npgsql;
using ProPartHub.Tests.Browser;
using ProPartHub.Tests.Infrastructure.Postgres;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Scale;

/// <summary>Two instances behind a sticky proxy, over one PostgreSQL and one Redis, and browsers of demo people.</summary>
internal sealed class ScaleBed : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly RedisServer _redis;
    private readonly IBrowser _browser;
    private readonly List<IBrowserContext> _contexts = [];

    private ScaleBed(
        TestDatabase database,
        RedisServer redis,
        IBrowser browser,
        Dictionary<string, PortalInstance> instances,
        StickyProxy proxy
    ) => (_database, _redis, _browser, Instances, Proxy) = (database, redis, browser, instances, proxy);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Both, by the names <c>a</c> and <c>b</c>.</summary>
    public IReadOnlyDictionary<string, PortalInstance> Instances { get; }

    public StickyProxy Proxy { get; }

    /// <param name="chromium">The browser.</param>
    /// <param name="settings">Further settings of both.</param>
    public static async Task<ScaleBed> StartAsync(ChromiumFixture chromium, Dictionary<string, string> settings)
    {
        var browser = await chromium.BrowserAsync();
        var redis = await RedisServer.StartAsync(Token);
        var database = await TestDatabase.CreateAsync(Token);
        var all = PortalInstance
            .Settings(database.ConnectionString, redis)
            .Concat(settings)
            .ToDictionary(one => one.Key, one => one.Value);
        var instances = new[] { "a", "b" }.ToDictionary(
            name => name,
            _ => new PortalInstance(PortalInstance.FreeAddress(), all)
        );

        // One after the other: the first makes the demo people.
        foreach (var instance in instances.Values)
        {
            await instance.StartAsync(Token);
        }

        var proxy = await StickyProxy.StartAsync(
            instances.ToDictionary(one => one.Key, one => one.Value.Address),
            Token
        );
        return new ScaleBed(database, redis, browser, instances, proxy);
    }

    /// <summary>The other instance of two.</summary>
    public static string Other(string name) => name == "a" ? "b" : "a";

    /// <summary>A window of its own in which a demo person is signed in, wherever the proxy puts it.</summary>
    public async Task<IPage> OpenAsAsync(string userName, string address)
    {
        var id = await ScalarAsync<Guid>($"SELECT id FROM users WHERE user_name = '{userName}'");
        var context = await _browser.NewContextAsync(
            new()
            {
                BaseURL = Proxy.Address.ToString(),
                Locale = "uk",
                ViewportSize = new() { Width = 1440, Height = 900 },
            }
        );
        _contexts.Add(context);
        context.SetDefaultTimeout(ChromiumFixture.Patience);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/account/login?returnUrl=" + Uri.EscapeDataString(address));
        await page.Locator($"button[name=person][value='{id}']").ClickAsync();
        return page;
    }

    /// <summary>The instance that the window is on.</summary>
    public static async Task<string> InstanceOfAsync(IPage page) =>
        await page.EvaluateAsync<string>(
            $"async () => (await fetch('/health/live', {{ cache: 'no-store' }})).headers.get('{StickyProxy.InstanceHeader}')"
        );

    /// <summary>Waits until the proxy sends newcomers to an instance.</summary>
    public async Task UntilServedByAsync(string name)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        await Eventually.IsAsync(
            async () =>
            {
                using var answer = await http.GetAsync(new Uri(Proxy.Address, "/health/live"), Token);
                return answer.Headers.GetValues(StickyProxy.InstanceHeader).Single() == name;
            },
            Token
        );
    }

    /// <summary>Waits until the draft of a form holds a text.</summary>
    public static Task DraftedAsync(IPage page, string text) =>
        Eventually.IsAsync(
            () =>
                page.EvaluateAsync<bool>(
                    "text => Object.keys(localStorage).some(key => key.startsWith('hub-draft:') && localStorage[key].includes(text))",
                    text
                ),
            Token
        );

    /// <summary>A value from the database that both share.</summary>
    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(Token))!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
        {
            await context.DisposeAsync();
        }

        await Proxy.DisposeAsync();
        foreach (var instance in Instances.Values)
        {
            await instance.DisposeAsync();
        }

        await _redis.DisposeAsync();
        await _database.DisposeAsync();
    }
}
