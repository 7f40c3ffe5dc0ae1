using Microsoft.Playwright;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>The pages that begin a day bring their content along, and their circuit shows it on without a skeleton between.</summary>
public sealed class PrerenderBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await BrowserBed.StartAsync(chromium, Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory]
    [InlineData("/", ".figures-strip")]
    [InlineData("/leads", "tr.row")]
    [InlineData("/board", ".card")]
    public async Task Content_IsThereBeforeTheCircuit_AndStays(string address, string content)
    {
        await _bed.AddLeadAsync("olena", 1);
        var page = await _bed.OpenAsync();
        await page.AddInitScriptAsync(
            """
            window.skeletons = 0;
            new MutationObserver(() => {
              window.skeletons += document.querySelectorAll(".skeleton-rows").length;
            }).observe(document, { childList: true, subtree: true });
            """
        );

        await _bed.SignInAsync(page, "olena", address);

        await Assertions.Expect(page.Locator(content).First).ToBeVisibleAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("() => window.skeletons"));
        var sent = await page.Context.APIRequest.GetAsync(address);
        var html = await sent.TextAsync();
        Assert.DoesNotContain("skeleton-rows", html, StringComparison.Ordinal);
        Assert.Contains("inert", html, StringComparison.Ordinal);
    }
}
