using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>An agency looks at its demo properties, compares two and sends one to a client, who sees it without an account.</summary>
public sealed class OfferBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hub-offers");
    private BrowserBed _bed = null!;

    public async ValueTask InitializeAsync() =>
        _bed = await BrowserBed.StartAsync(
            chromium,
            TestContext.Current.CancellationToken,
            new() { ["Files:Folder"] = _folder.FullName }
        );

    public async ValueTask DisposeAsync()
    {
        await _bed.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false, ColorScheme.Light, "uk")]
    [InlineData(true, ColorScheme.Dark, "en")]
    public async Task Property_IsLookedAt_Compared_AndSentToAClient(bool phone, ColorScheme theme, string language)
    {
        var page = await _bed.OpenAsAsync("taras", "/properties", phone, language, theme);
        await Assertions.Expect(page.Locator("main .property .cover img")).ToHaveCountAsync(12);
        for (var place = 0; place < 3; place++)
        {
            await page.Locator("main .compare input").Nth(place).CheckAsync();
        }

        await Assertions.Expect(page.Locator(".compare-bar a")).ToHaveAttributeAsync("href", new Regex("n=.*n=.*n="));
        await LookAsync(page, "offers-list", phone);
        await page.Locator(".compare-bar a").ClickAsync();
        await Assertions.Expect(page.Locator("main .comparison thead th")).ToHaveCountAsync(3);
        await LookAsync(page, "offers-compare", phone);

        await page.GotoAsync("/properties?q=Azure");
        await page.Locator("main .property h2 a").ClickAsync();
        await Assertions.Expect(page.Locator("main .price-line")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("main .photo")).ToHaveCountAsync(3);
        await LookAsync(page, "offers-property", phone);

        await LightboxAsync(page, phone);
        await SharedAsync(page, await LinkAsync(page), phone, theme);

        await page.Locator("main a[data-command=Edit]").ClickAsync();
        await Assertions.Expect(page.Locator("main .photo-tile")).ToHaveCountAsync(3);
        await Assertions.Expect(page.Locator("main .stage")).ToHaveCountAsync(3);
        await page.Locator("main .photo-tile").Nth(1).Locator(".photo-acts button").Nth(2).ClickAsync();
        await Assertions.Expect(page.Locator("main .photo-editor .said")).ToBeVisibleAsync();
        await LookAsync(page, "offers-form", phone);
    }

    private static async Task LightboxAsync(IPage page, bool phone)
    {
        await page.Locator("main .photo-cover").ClickAsync();
        var box = page.Locator(".lightbox");
        var count = box.Locator(".lightbox-count");
        await Assertions.Expect(count).ToContainTextAsync("1");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(count).ToContainTextAsync("2");
        await Assertions.Expect(box.Locator("figcaption")).ToHaveTextAsync("Вітальня");
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(count).ToContainTextAsync("3");
        await BrowserBed.AssertAccessibleAsync(page);
        await BrowserBed.ShootAsync(page, $"offers-lightbox-{(phone ? "phone-dark" : "light")}");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(box).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("main .photo").Nth(2)).ToBeFocusedAsync();
    }

    private static async Task<string> LinkAsync(IPage page)
    {
        await page.Locator("main .share-form [type=submit]").ClickAsync();
        var address = await page.Locator("#share-address").InputValueAsync();
        await Assertions.Expect(page.Locator("main .share-list li")).ToHaveCountAsync(1);
        return address;
    }

    // In a window without cookies, as a client has it.
    private async Task SharedAsync(IPage page, string address, bool phone, ColorScheme theme)
    {
        var client = await _bed.OpenAsync(phone, "en-GB", theme);
        await client.GotoAsync(address);
        await Assertions.Expect(client.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Assertions.Expect(client.Locator("h1")).ToHaveTextAsync("Azure Lagoon Residences");
        await LookAsync(client, "offers-shared", phone);
        await client.Locator(".photo-cover").ClickAsync();
        await Assertions.Expect(client.Locator(".lightbox-count")).ToHaveTextAsync("Photo 1 of 3");
        await client.Keyboard.PressAsync("Escape");

        await page.Locator("main .share-list button").ClickAsync();
        await Assertions.Expect(page.Locator("main .share-list button")).ToHaveCountAsync(0);
        await client.ReloadAsync();
        await Assertions.Expect(client.Locator("h1")).ToHaveTextAsync("This link no longer opens");
        await LookAsync(client, "offers-gone", phone);
    }

    private static async Task LookAsync(IPage page, string name, bool phone)
    {
        await Assertions.Expect(page.Locator("main .skeleton-rows")).ToHaveCountAsync(0);
        await page.EvaluateAsync(
            "() => document.querySelectorAll('img[loading=lazy]').forEach((image) => (image.loading = 'eager'))"
        );
        await page.WaitForFunctionAsync("() => [...document.images].every((image) => image.complete)");
        await BrowserBed.AssertAccessibleAsync(page);
        Assert.Equal(
            await page.EvaluateAsync<int>("innerWidth"),
            await page.EvaluateAsync<int>("document.documentElement.scrollWidth")
        );
        await BrowserBed.ShootAsync(page, $"{name}-{(phone ? "phone-dark" : "light")}", whole: true);
    }
}
