using Microsoft.Playwright;
using ProPartHub.Tests.Browser;
using Xunit;

[assembly: AssemblyFixture(typeof(ChromiumFixture))]

namespace ProPartHub.Tests.Browser;

/// <summary>
/// One headless Chromium for the whole run, started when the first browser test asks: its shell without a window where that
/// is installed, in which a page opens three times as fast, and beside it the whole browser for what only that does.
/// </summary>
public sealed class ChromiumFixture : IAsyncDisposable
{
    /// <summary>Milliseconds to wait for a page. Not a bar for speed: the time after which a busy machine is no excuse any
    /// more.</summary>
    public const float Patience = 60_000;

    private const string Shell = "/usr/bin/chromium-headless-shell";

    private static readonly string[] Places =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];

    private readonly SemaphoreSlim _gate = new(1, 1);
    private IPlaywright? _playwright;
    private readonly Dictionary<string, IBrowser> _browsers = [];

    /// <summary>The installed browser: <c>CHROMIUM_PATH</c> or one of the usual places.</summary>
    /// <param name="isWhole">True for the one that also shows notifications.</param>
    public static string? Executable(bool isWhole) =>
        Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } given ? given
        : !isWhole && File.Exists(Shell) ? Shell
        : Places.FirstOrDefault(File.Exists);

    /// <summary>The browser, started at the first call.</summary>
    /// <param name="isWhole">True for the one that also shows notifications.</param>
    public async Task<IBrowser> BrowserAsync(bool isWhole = false)
    {
        var executable = Executable(isWhole);
        Assert.SkipWhen(executable is null, "No Chromium is installed (Debian: apt-get install chromium).");
        await _gate.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();

            Assertions.SetDefaultExpectTimeout(Patience);
            if (_browsers.TryGetValue(executable!, out var running))
            {
                return running;
            }

            return _browsers[executable!] = await _playwright.Chromium.LaunchAsync(
                new()
                {
                    ExecutablePath = executable,
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
        foreach (var browser in _browsers.Values)
        {
            await browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _gate.Dispose();
    }
}
