using Microsoft.Playwright;
using ProPartHub.Domain.People;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>A comment names somebody by keyboard, carries a picture, and comes back after it was deleted.</summary>
public sealed class CommentBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private const string Names = "#comment-people";
    private const string Offered = $"{Names} li:not([hidden])";

    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("propart-attachments-");
    private BrowserBed _bed = null!;

    public async ValueTask InitializeAsync() =>
        _bed = await BrowserBed.StartAsync(
            chromium,
            TestContext.Current.CancellationToken,
            new() { ["Files:Folder"] = _files.FullName }
        );

    public async ValueTask DisposeAsync()
    {
        await _bed.DisposeAsync();
        _files.Delete(recursive: true);
    }

    [Fact]
    public async Task NamedByKeyboard_RingsTheBell_WithAPicture_AndComesBackAfterItWasDeleted()
    {
        var admin = await _bed.PersonAsync("admin.demo");
        var lead = await _bed.AddLeadAsync("olena", 1);
        var named = await _bed.OpenAsAsync("admin.demo", "/board");
        await Assertions.Expect(named.Locator("button.bell")).ToBeVisibleAsync();
        var page = await _bed.OpenAsAsync("olena", $"/leads/{lead.Id}");
        var comment = await ReadyAsync(page);
        await comment.FocusAsync();

        await NameByKeyboardAsync(page, admin);
        await comment.PressSequentiallyAsync("гляньте на фасад");
        var picture = await page.ScreenshotAsync(
            new()
            {
                Clip = new() { Width = 480, Height = 320 },
            }
        );
        await page.Locator("#comment-files").SetInputFilesAsync(Picture(picture));
        await Assertions.Expect(page.Locator(".picker-name")).ToHaveTextAsync("фасад.png");
        await BrowserBed.AssertAccessibleAsync(page);
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".picker-name")).ToHaveTextAsync("фасад.png");
        await Assertions.Expect(comment).ToHaveValueAsync($"@{admin.Name} гляньте на фасад");
        await page.Locator("form.writer button[type=submit]").ClickAsync();

        await Assertions.Expect(page.Locator(".comment-name")).ToHaveTextAsync($"@{admin.Name}");
        await page.WaitForFunctionAsync("() => document.querySelector('.file-picture img')?.naturalWidth === 480");
        await BrowserBed.AssertAccessibleAsync(page);
        await Assertions.Expect(named.Locator(".bell-count")).ToHaveTextAsync("1");
        await named.Locator("button.bell").ClickAsync();
        await Assertions.Expect(named.Locator(".notice-excerpt")).ToContainTextAsync("гляньте на фасад");

        await page.GetByRole(AriaRole.Button, new() { Name = "Видалити", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".comment-text")).ToHaveCountAsync(0);
        await page.Locator(".mud-snackbar").GetByText("Скасувати").ClickAsync();
        await Assertions.Expect(page.Locator(".comment-name")).ToHaveTextAsync($"@{admin.Name}");
        await page.WaitForFunctionAsync("() => document.querySelector('.file-picture img')?.naturalWidth === 480");
    }

    [Theory]
    [InlineData(false, "uk", ColorScheme.Light)]
    [InlineData(false, "uk", ColorScheme.Dark)]
    [InlineData(true, "uk", ColorScheme.Dark)]
    [InlineData(true, "en", ColorScheme.Light)]
    public async Task NamesFilesAndOffers_FitTheScreen_AndAreTakenByATap(bool phone, string language, ColorScheme theme)
    {
        var lead = await _bed.AddLeadAsync("olena", 1);
        var page = await _bed.OpenAsAsync("olena", $"/leads/{lead.Id}", phone, language, theme);
        await page.GotoAsync($"/culture?c={language}&returnUrl=/leads/{lead.Id}");
        var comment = await ReadyAsync(page);
        await comment.FillAsync("Про вид питала ");
        await comment.PressSequentiallyAsync("@");
        await Assertions.Expect(page.Locator(Offered).First).ToBeVisibleAsync();
        await LookAsync(page, $"names-{phone}-{language}-{theme}");
        var name = await page.Locator($"{Offered} .mention-name").Last.InnerTextAsync();
        await (phone ? page.Locator(Offered).Last.TapAsync() : page.Locator(Offered).Last.ClickAsync());
        await Assertions.Expect(comment).ToHaveValueAsync($"Про вид питала @{name} ");
        await Assertions.Expect(page.Locator(Names)).ToBeHiddenAsync();

        var picture = await page.ScreenshotAsync(
            new()
            {
                Clip = new() { Width = 360, Height = 300 },
            }
        );
        await page.Locator("#comment-files")
            .SetInputFilesAsync([
                Picture(picture),
                new FilePayload
                {
                    Name = "договір про бронювання, остаточний, з додатками.pdf",
                    MimeType = "application/pdf",
                    Buffer = "%PDF-1.7\n"u8.ToArray(),
                },
            ]);
        await Assertions.Expect(page.Locator(".picker-name")).ToHaveCountAsync(2);
        await LookAsync(page, $"chosen-{phone}-{language}-{theme}");
        await page.Locator("form.writer button[type=submit]").ClickAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('.file-picture img')?.naturalWidth > 0");
        await LookAsync(page, $"sent-{phone}-{language}-{theme}");
        await page.Locator(".comment-action").Last.ClickAsync();
        await Assertions.Expect(page.Locator(".entry-restore").First).ToBeVisibleAsync();
        // What offers to take it back fades in by steps of the server, which are no animation that one could await.
        await Assertions.Expect(page.Locator(".mud-snackbar").Last).ToHaveCSSAsync("opacity", "1");
        await LookAsync(page, $"deleted-{phone}-{language}-{theme}");
    }

    // Names are offered once the page lives.
    private static async Task<ILocator> ReadyAsync(IPage page)
    {
        var comment = page.Locator("#comment");
        await Assertions.Expect(comment).ToHaveAttributeAsync("aria-autocomplete", "list");
        return comment;
    }

    // Down and up come round to the first again; Escape gives up, and the next letter asks anew.
    private static async Task NameByKeyboardAsync(IPage page, Actor person)
    {
        var active = page.Locator($"{Offered}[aria-selected=true] .mention-name");
        await page.Keyboard.TypeAsync("@");
        await Assertions.Expect(active).ToHaveCountAsync(1);
        var first = await active.InnerTextAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(active).Not.ToHaveTextAsync(first);
        await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(active).ToHaveTextAsync(first);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator(Names)).ToBeHiddenAsync();
        await page.Keyboard.TypeAsync(person.Name[..2].ToLowerInvariant());
        await Assertions.Expect(active).ToHaveTextAsync(person.Name);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#comment")).ToHaveValueAsync($"@{person.Name} ");
    }

    private static FilePayload Picture(byte[] content) =>
        new()
        {
            Name = "фасад.png",
            MimeType = "image/png",
            Buffer = content,
        };

    // Wider than the screen is a fault that axe does not see.
    private static async Task LookAsync(IPage page, string name)
    {
        await BrowserBed.ShootAsync(page, $"comment-{name}");
        await BrowserBed.AssertAccessibleAsync(page);
        Assert.True(
            await page.EvaluateAsync<bool>(
                "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            ),
            name
        );
    }
}
