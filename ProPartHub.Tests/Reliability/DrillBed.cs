using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using Npgsql;
using ProPartHub.Tests.Browser;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Reliability;

/// <summary>The real portal over a PostgreSQL of the drill's own, and a person's browser with a lead half typed.</summary>
internal sealed class DrillBed : IAsyncDisposable
{
    private const string Submit = "main form button[type=submit]";
    private const string Name = "#lead-ClientName";

    private DrillBed(DrillServer server, BrowserBed browsers) => (Server, Browsers) = (server, browsers);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public DrillServer Server { get; }

    public BrowserBed Browsers { get; }

    public HubHost Hub => Browsers.Hub;

    /// <param name="chromium">The browser.</param>
    /// <param name="settings">Further settings of the portal.</param>
    /// <param name="prepare">Is done to the server before the portal meets it.</param>
    public static async Task<DrillBed> StartAsync(
        ChromiumFixture chromium,
        Dictionary<string, string?>? settings = null,
        Func<DrillServer, Task>? prepare = null
    )
    {
        var server = await DrillServer.StartAsync();
        try
        {
            await (prepare?.Invoke(server) ?? Task.CompletedTask);
            return new(
                server,
                await BrowserBed.OverAsync(chromium, server.ConnectionString, new() { Settings = settings ?? new() })
            );
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A window in which Olena has typed a new lead and not saved it.</summary>
    public async Task<IPage> TypingAsync(string name, int number)
    {
        var page = await Browsers.OpenAsAsync("olena", "/leads/new");
        await TypeAsync(page, name, number);
        return page;
    }

    /// <summary>Types a new lead into the form of a page.</summary>
    public static async Task TypeAsync(IPage page, string name, int number)
    {
        await page.Locator(Name).FillAsync(name);
        await page.Locator("#lead-Phone").FillAsync(HubBed.Input(number).Phone!);
    }

    /// <summary>Saves what is typed, and is told that this could not be done; all of it stays.</summary>
    public static async Task SaveInVainAsync(IPage page, string name)
    {
        await page.Locator(Submit).ClickAsync();
        await Assertions.Expect(page.Locator("main form [role=alert]").First).ToContainTextAsync("Не вдалося зберегти");
        await Assertions.Expect(page.Locator(Name)).ToHaveValueAsync(name);
    }

    /// <summary>Saves what is typed, and sees it stored.</summary>
    public static async Task SaveAsync(IPage page, string name)
    {
        await page.Locator(Submit).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);
    }

    /// <summary>Waits for the banner to say something, or with null to go.</summary>
    public static Task BannerAsync(IPage page, string? text) =>
        text is null
            ? Assertions.Expect(page.Locator(".banner-warning")).ToHaveCountAsync(0)
            : Assertions.Expect(page.Locator(".banner-warning")).ToContainTextAsync(text);

    /// <summary>Leads of that name that are stored.</summary>
    public Task<long> LeadsAsync(string name) =>
        Server.CountAsync($"SELECT count(*) FROM leads WHERE client_name = '{name}'");

    /// <summary>Has the portal give up its idle connections: it must open new ones for what comes.</summary>
    public void DropConnections() => Hub.Services.GetRequiredService<NpgsqlDataSource>().Clear();

    /// <summary>What the portal answers to whoever asks whether it is ready.</summary>
    public async Task<string> HealthAsync()
    {
        using var http = Hub.NewBrowser();
        using var answer = await http.GetAsync("/health/ready", Token);
        return await answer.Content.ReadAsStringAsync(Token);
    }

    /// <summary>Fails unless the portal runs as before, with everything it does in the background.</summary>
    public async Task AssertAliveAsync()
    {
        Assert.False(
            Hub.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested
        );
        Assert.DoesNotContain(
            Hub.Services.GetServices<IHostedService>().OfType<BackgroundService>(),
            service => service.ExecuteTask is { IsFaulted: true }
        );
        await Eventually.IsAsync(
            async () => !(await HealthAsync()).Contains("\"Unhealthy\"", StringComparison.Ordinal),
            Token
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Browsers.DisposeAsync();
        await Server.DisposeAsync();
    }
}
