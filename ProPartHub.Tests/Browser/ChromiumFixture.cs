using Microsoft.Playwright;
using ProPartHub.Tests.Browser;
using Xunit;

[assembly: AssemblyFixture(typeof(ChromiumFixture))]

namespace ProPartHub.Tests.Browser;

/// <summary>One headless Chromium for the whole run, started when the first browser test asks.</summary>
public sealed class ChromiumFixture : IAsyncDisposable
{
    /// <summary>Milliseconds to wait for a page. Not a bar for speed: the time after which a busy machine is no excuse any
    /// more.</summary>
    public const float Patience = 60_000;

    // The first is the same browser without its window: a page opens in it three times as fast.
    private static readonly string[] Places =
    [
        "/usr/bin/chromium-headless-shell",
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];

    private readonly SemaphoreSlim _gate = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The installed browser: <c>CHROMIUM_PATH</c> or one of the usual places.</summary>
    public static string? Executable =>
        Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } given
            ? given
            : Places.FirstOrDefault(File.Exists);

    public async Task<IBrowser> BrowserAsync()
    {
        Assert.SkipWhen(Executable is null, "No Chromium is installed (Debian: apt-get install chromium).");
        await _gate.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();

            Assertions.SetDefaultExpectTimeout(Patience);
            return _browser ??= await _playwright.Chromium.LaunchAsync(
                new()
                {
                    ExecutablePath = Executable,
                    Args =
                    [
                        "--no-sandbox",
                        "--disable-dev-shm-usage",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run",
                    ],
                }
            );
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _gate.Dispose();
    }
}
