using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>The real portal with its demo people, and browsers signed in as them.</summary>
public sealed class BrowserBed : IAsyncDisposable
{
    private readonly TestDatabase? _database;
    private readonly IBrowser _browser;
    private readonly List<IBrowserContext> _contexts = [];

    private BrowserBed(TestDatabase? database, HubHost hub, IBrowser browser) =>
        (_database, Hub, _browser) = (database, hub, browser);

    public HubHost Hub { get; }

    /// <summary>The portal's database.</summary>
    public TestDatabase Database =>
        _database ?? throw new InvalidOperationException("This portal's database is not one of the tests'.");

    public static async Task<BrowserBed> StartAsync(
        ChromiumFixture chromium,
        CancellationToken cancellationToken,
        Dictionary<string, string?>? settings = null,
        bool isWholeBrowser = false
    )
    {
        var browser = await chromium.BrowserAsync(isWholeBrowser);
        var database = await TestDatabase.CreateAsync(cancellationToken);
        return new BrowserBed(
            database,
            await HubHost.StartAsync(database.ConnectionString, new HubHostOptions { Settings = settings ?? new() }),
            browser
        );
    }

    /// <summary>The same over a database that the caller keeps and takes away.</summary>
    internal static async Task<BrowserBed> OverAsync(
        ChromiumFixture chromium,
        string connectionString,
        HubHostOptions options
    )
    {
        var browser = await chromium.BrowserAsync();
        return new BrowserBed(null, await HubHost.StartAsync(connectionString, options), browser);
    }

    /// <summary>A fresh browser window with cookies of its own.</summary>
    public async Task<IPage> OpenAsync(
        bool phone = false,
        string language = "uk",
        ColorScheme theme = ColorScheme.Light
    )
    {
        var context = await _browser.NewContextAsync(
            new()
            {
                BaseURL = Hub.BaseAddress.ToString(),
                Locale = language,
                ColorScheme = theme,
                ViewportSize = phone ? new() { Width = 390, Height = 844 } : new() { Width = 1440, Height = 900 },
                HasTouch = phone,
                IsMobile = phone,
            }
        );
        _contexts.Add(context);
        context.SetDefaultTimeout(ChromiumFixture.Patience);
        return await context.NewPageAsync();
    }

    /// <summary>A window in which one of the demo people is signed in, at an address.</summary>
    public async Task<IPage> OpenAsAsync(
        string userName,
        string address,
        bool phone = false,
        string language = "uk",
        ColorScheme theme = ColorScheme.Light
    )
    {
        var page = await OpenAsync(phone, language, theme);
        await SignInAsync(page, userName, address);
        return page;
    }

    /// <summary>Signs one of the demo people in, in place of whoever is, and opens an address.</summary>
    public async Task SignInAsync(IPage page, string userName, string address)
    {
        var person = await PersonAsync(userName);
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/account/login?returnUrl=" + Uri.EscapeDataString(address));
        await page.Locator($"button[name=person][value='{person.UserId}']").ClickAsync();
        // What a page shows before its circuit is there takes no keys.
        await page.WaitForFunctionAsync(
            "() => location.pathname !== '/account/login' && document.readyState === 'complete' "
                + "&& document.querySelector('[inert]') === null"
        );
    }

    /// <summary>One of the demo people as an actor.</summary>
    public async Task<Actor> PersonAsync(string userName)
    {
        await using var db = await Hub.Database.ReadAsync(TestContext.Current.CancellationToken);
        return db.Users.Single(user => user.UserName == userName).ToActor("test");
    }

    /// <summary>A lead of one of the demo people, with <see cref="HubBed.Input"/>'s values; open pages hear of it.</summary>
    public async Task<LeadCreated> AddLeadAsync(string userName, int number)
    {
        var agent = await PersonAsync(userName);
        return await UseAsync<LeadService, LeadCreated>(leads =>
            leads.CreateAsync(agent, HubBed.Input(number), agent.UserId, TestContext.Current.CancellationToken)
        );
    }

    /// <summary>A service of the portal, in a scope of its own.</summary>
    public async Task<T> UseAsync<TService, T>(Func<TService, Task<T>> use)
        where TService : notnull
    {
        await using var scope = Hub.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>
    /// What the page asks the server for from now on. Its own files do not count: on a busy machine the last of them come
    /// after the first content.
    /// </summary>
    public static List<string> Requests(IPage page)
    {
        var requests = new List<string>();
        page.Request += (_, request) =>
        {
            // The browser asks for the icon by itself, when it likes, and does not call it an image.
            if (
                request.ResourceType is not ("script" or "stylesheet" or "font" or "image")
                && !new Uri(request.Url).AbsolutePath.StartsWith("/favicon", StringComparison.Ordinal)
            )
            {
                requests.Add(request.Url);
            }
        };
        return requests;
    }

    /// <summary>
    /// Fails with every violation that axe finds on the page, once what fades or slides has come to rest. What others bring
    /// in while axe looks stands there at once: half faded in it would have no contrast.
    /// </summary>
    public static async Task AssertAccessibleAsync(IPage page) =>
        Assert.Equal("", string.Join('\n', await FaultsAsync(page)));

    /// <summary>What <see cref="AssertAccessibleAsync"/> would fail with.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(IPage page)
    {
        var isStill = await page.EvaluateAsync<bool>("matchMedia('(prefers-reduced-motion: reduce)').matches");
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.WaitForFunctionAsync(
            """
            () => document.getAnimations().every((one) =>
              one.playState !== "running" || one.effect.getComputedTiming().endTime === Infinity)
            """
        );
        var result = await page.RunAxe();
        if (!isStill)
        {
            await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.NoPreference });
        }

        return
        [
            .. result.Violations.SelectMany(violation =>
                violation.Nodes.Select(node =>
                    $"{violation.Id}: {node.Html} {string.Join(", ", node.Any.Select(check => check.Message))}"
                )
            ),
        ];
    }

    /// <summary>A file to be looked at, likewise.</summary>
    public static async Task KeepAsync(string name, byte[] content)
    {
        if (Environment.GetEnvironmentVariable("PROPART_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, name), content);
        }
    }

    /// <summary>A picture to be looked at, where <c>PROPART_SCREENSHOTS</c> names a folder for it.</summary>
    public static async Task ShootAsync(IPage page, string name, bool whole = false)
    {
        if (Environment.GetEnvironmentVariable("PROPART_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = whole });
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
        {
            await context.DisposeAsync();
        }

        await Hub.DisposeAsync();
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
