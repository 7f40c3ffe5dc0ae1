using System.Net;
using System.Text.Json;
using Microsoft.Playwright;

namespace ProPartHub.Benchmarks.Pages;

/// <summary>One visit with an empty cache.</summary>
/// <param name="Bytes">Over the wire, with headers; without the circuit's messages.</param>
/// <param name="Requests">How many were answered.</param>
/// <param name="Largest">When the largest piece was painted.</param>
/// <param name="Interactive">When the page answered to its reader; where it has no circuit, when it was painted.</param>
internal sealed record PhoneVisit(long Bytes, int Requests, TimeSpan Largest, TimeSpan Interactive);

/// <summary>A slow phone on a mobile network, as Chromium plays it.</summary>
internal sealed class Phone : IAsyncDisposable
{
    public const string Profile = "390 × 844 px, processor four times slower, Fast 4G (9 Mbit/s down, 1.35 up, 165 ms)";

    private const int Slower = 4;
    private const int Latency = 165;
    private const int Down = 9_000_000 / 8;
    private const int Up = 1_350_000 / 8;

    private static readonly string[] Places =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Phone(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <exception cref="InvalidOperationException">No Chromium is installed.</exception>
    public static async Task<Phone> StartAsync()
    {
        var chromium =
            Environment.GetEnvironmentVariable("CHROMIUM_PATH")
            ?? Places.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("No Chromium is installed.");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-dev-shm-usage"] }
        );
        return new Phone(playwright, browser);
    }

    /// <param name="server">The app.</param>
    /// <param name="path">Its page.</param>
    /// <param name="cookies">Whose cookies.</param>
    /// <param name="ready">Selector of what is there only once the circuit has rendered; null for a page without one.</param>
    public async Task<PhoneVisit> VisitAsync(Uri server, string path, CookieContainer cookies, string? ready)
    {
        await using var context = await _browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = 390, Height = 844 },
                DeviceScaleFactor = 3,
                IsMobile = true,
                HasTouch = true,
                Locale = "uk-UA",
                // Its certificate is made for the run.
                IgnoreHTTPSErrors = true,
            }
        );
        await context.AddCookiesAsync(
            cookies
                .GetAllCookies()
                .Select(cookie => new Microsoft.Playwright.Cookie
                {
                    Name = cookie.Name,
                    Value = cookie.Value,
                    Url = server.ToString(),
                })
        );
        await context.AddInitScriptAsync(Watch(ready));
        var page = await context.NewPageAsync();
        var wire = await context.NewCDPSessionAsync(page);
        var (bytes, requests) = (0L, 0);
        wire.Event("Network.loadingFinished").OnEvent += (_, json) =>
        {
            bytes += (long)json!.Value.GetProperty("encodedDataLength").GetDouble();
            requests++;
        };
        await wire.SendAsync("Network.enable");
        await wire.SendAsync(
            "Network.emulateNetworkConditions",
            new()
            {
                ["offline"] = false,
                ["latency"] = Latency,
                ["downloadThroughput"] = Down,
                ["uploadThroughput"] = Up,
            }
        );
        await wire.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = Slower });
        await page.GotoAsync(new Uri(server, path).ToString());
        await page.WaitForFunctionAsync("() => window.measured.largest > 0 && window.measured.interactive > 0");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var measured = await page.EvaluateAsync<JsonElement>("() => window.measured");
        return new PhoneVisit(bytes, requests, Of(measured, "largest"), Of(measured, "interactive"));
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static TimeSpan Of(JsonElement measured, string name) =>
        TimeSpan.FromMilliseconds(measured.GetProperty(name).GetDouble());

    // Times count from the beginning of the navigation. Without a circuit a page is ready as soon as it is painted.
    private static string Watch(string? ready) =>
        $$"""
            window.measured = { largest: 0, interactive: 0 };
            const ready = {{JsonSerializer.Serialize(ready)}};
            new PerformanceObserver((list) => {
              window.measured.largest = list.getEntries().at(-1).startTime;
              if (ready === null) window.measured.interactive = window.measured.largest;
            }).observe({ type: "largest-contentful-paint", buffered: true });
            if (ready !== null) {
              new MutationObserver((_, observer) => {
                if (document.querySelector(ready) === null) return;
                window.measured.interactive = performance.now();
                observer.disconnect();
              }).observe(document, { subtree: true, childList: true, attributes: true });
            }
            """;
}
