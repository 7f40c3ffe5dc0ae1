using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProPartHub.Tests.Knowledge;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>The knowledge base in a real browser: written with a picture, published, read, confirmed, found and compared.</summary>
public sealed partial class KnowledgeBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("propart-pictures-");
    private BrowserBed _bed = null!;
    private string _look = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _bed = await BrowserBed.StartAsync(
            chromium,
            Token,
            new() { ["Files:Folder"] = _files.FullName, ["Accounts:SecondFactorFor"] = "Nobody" }
        );

    public async ValueTask DisposeAsync()
    {
        await _bed.DisposeAsync();
        _files.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false, ColorScheme.Light, "uk")]
    [InlineData(false, ColorScheme.Dark, "en")]
    [InlineData(true, ColorScheme.Light, "en")]
    [InlineData(true, ColorScheme.Dark, "uk")]
    public async Task Article_IsWrittenWithAPicture_Read_Found_AndCompared(
        bool phone,
        ColorScheme theme,
        string language
    )
    {
        _look = $"{(phone ? 390 : 1440)}-{theme}-{language}";
        var faults = new List<string>();
        var writer = await OpenAsync("taras", "/knowledge/new", phone, language, theme);
        writer.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                faults.Add(message.Text);
            }
        };
        await WriteAsync(writer);
        await SeeAsync(writer, "editor");
        await writer.Locator("button[type=submit].button-primary:not([form])").ClickAsync();
        await Assertions.Expect(writer).ToHaveURLAsync(ArticleUrl());
        var address = new Uri(writer.Url).PathAndQuery;

        var reader = await OpenAsync("olena", "/knowledge", phone, language, theme);
        await Assertions.Expect(reader.Locator(".shelf").First).ToBeVisibleAsync();
        await SeeAsync(reader, "list");
        await reader.Locator("input[type=search][data-command]").FillAsync("триденний показ");
        await reader.Keyboard.PressAsync("Enter");
        await reader.Locator($".article-row a[href='{address}']").First.ClickAsync();
        var picture = reader.Locator(".article-body img");
        await Assertions.Expect(picture).ToHaveAttributeAsync("width", "1200");
        await Assertions.Expect(picture).ToHaveAttributeAsync("alt", "План [поверху]");
        await picture.ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(picture).Not.ToHaveJSPropertyAsync("naturalWidth", 0);
        await SeeAsync(reader, "article");
        await reader.Locator(".article-confirm button").ClickAsync();
        await Assertions.Expect(reader.Locator(".article-confirmed")).ToBeVisibleAsync();

        // As from a link in a message.
        var anchor = await reader.Locator(".article-body h2").GetAttributeAsync("id");
        await reader.GotoAsync("about:blank");
        await reader.GotoAsync($"{address}#{anchor}");
        await Assertions.Expect(reader.Locator(".article-body h2")).ToBeInViewportAsync();

        await writer.GotoAsync($"{address}/edit");
        await writer.Locator("#article-Body").FillAsync("Коротше.\n\n## Наприкінці\n\nУсе.");
        await writer.Locator("button[type=submit].button-primary:not([form])").ClickAsync();
        await Assertions.Expect(writer).ToHaveURLAsync(ArticleUrl());
        await writer.GotoAsync($"{address}/versions?from=1&to=2");
        await Assertions.Expect(writer.Locator(".line-removed").First).ToBeVisibleAsync();
        await SeeAsync(writer, "versions");
        await writer.GotoAsync("/knowledge/sections");
        await Assertions.Expect(writer.Locator(".sections li").First).ToBeVisibleAsync();
        var boxes = await writer.EvaluateAsync<float[]>(
            "['.section-new input', '.section-new button'].flatMap(one => { const box = document.querySelector(one).getBoundingClientRect(); return [box.top, box.bottom]; })"
        );
        // Level, or on a phone, where the words may be too long for that, below its field.
        Assert.True(
            (boxes[0], boxes[1]) == (boxes[2], boxes[3]) || (phone && boxes[2] >= boxes[1]),
            string.Join(' ', boxes)
        );
        await SeeAsync(writer, "sections");
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("paste")]
    [InlineData("drop")]
    public async Task Picture_PastedOrDropped_IsTakenIn_AndStandsInTheText(string way)
    {
        var page = await OpenAsync("taras", "/knowledge/new", phone: false, "en", ColorScheme.Light);
        var text = page.Locator("#article-Body");
        await text.FillAsync("Before");
        await Assertions.Expect(page.Locator(".writer-preview")).ToContainTextAsync("Before");
        // Cells of a spreadsheet come as text with a picture of it: the text is meant.
        await HandAsync(page, "paste", "план.png", "1\t2");
        await HandAsync(page, way, "план.png", text: null);

        var words = page.Locator("#picture-alt");
        await Assertions.Expect(words).ToBeFocusedAsync();
        await words.FillAsync("A floor plan");
        await words.PressAsync("Enter");
        await Assertions.Expect(words).ToHaveCountAsync(0);
        await Assertions.Expect(text).ToHaveValueAsync(PlanOnce());
        await Assertions.Expect(page.Locator(".writer-preview img")).Not.ToHaveJSPropertyAsync("naturalWidth", 0);
        await Assertions.Expect(page.Locator(".writer.is-over")).ToHaveCountAsync(0);
    }

    // As the clipboard or a dragged file hands it to the text.
    private static Task HandAsync(IPage page, string way, string name, string? text) =>
        page.Locator("#article-Body")
            .EvaluateAsync(
                """
                (target, { way, name, text, png }) => {
                  const data = new DataTransfer();
                  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
                  data.items.add(new File([bytes], name, { type: "image/png" }));
                  if (text) {
                    data.setData("text/plain", text);
                  }
                  const rest = { bubbles: true, cancelable: true };
                  if (way === "paste") {
                    target.dispatchEvent(new ClipboardEvent("paste", { ...rest, clipboardData: data }));
                  } else {
                    target.dispatchEvent(new DragEvent("dragover", { ...rest, dataTransfer: data }));
                    target.dispatchEvent(new DragEvent("drop", { ...rest, dataTransfer: data }));
                  }
                }
                """,
                new
                {
                    way,
                    name,
                    text,
                    png = Convert.ToBase64String(Writings.Png(600, 400)),
                }
            );

    private async Task<IPage> OpenAsync(string person, string address, bool phone, string language, ColorScheme theme)
    {
        var page = await _bed.OpenAsAsync(person, "/account/manage", phone, language, theme);
        await page.Locator("main form").First.WaitForAsync();
        await page.GotoAsync($"/culture?c={language}&returnUrl={address}");
        return page;
    }

    private static async Task WriteAsync(IPage page)
    {
        await page.Locator("#article-Title").FillAsync("Триденний показ узимку");
        await page.Locator("#article-SectionId").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        var text = page.Locator("#article-Body");
        await text.FillAsync(
            $"Як водити клієнтів узимку.\n\n{string.Join("\n\n", Enumerable.Repeat("Перевірте опалення до приїзду клієнта й одягніться тепліше.", 12))}\n\n## Наприкінці\n\nПодякуйте."
        );
        await text.PressAsync("Control+Home");
        await page.Locator("[data-mark=bold]").ClickAsync();
        await Assertions.Expect(text).ToHaveValueAsync(BoldFirst());
        await page.Keyboard.PressAsync("Control+z");
        await page.Locator("input[name=MustRead]").CheckAsync();

        await page.Locator("#article-pictures")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "лист.png",
                    MimeType = "image/png",
                    Buffer = "це не зображення"u8.ToArray(),
                }
            );
        await Assertions.Expect(page.Locator(".pictures-faults")).ToContainTextAsync("лист.png");
        // The refusal may stand there before the input that takes the next ones: nobody can press a disabled one.
        await Assertions.Expect(page.Locator("#article-pictures")).ToBeEnabledAsync();
        await page.Locator("#article-pictures")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "план.png",
                    MimeType = "image/png",
                    Buffer = Writings.Png(1200, 675),
                }
            );
        var words = page.Locator("#picture-alt");
        await Assertions.Expect(words).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".pictures-faults")).ToHaveCountAsync(0);
        await words.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#picture-hint[role=alert]")).ToBeVisibleAsync();
        await words.FillAsync("План [поверху]");
        await words.PressAsync("Enter");
        await Assertions.Expect(words).ToHaveCountAsync(0);
        await Assertions.Expect(text).ToHaveValueAsync(Inserted());
        if (await page.Locator(".writer-tabs").IsVisibleAsync())
        {
            await page.Locator(".writer-tabs button").Last.ClickAsync();
        }

        await Assertions.Expect(page.Locator(".writer-preview img")).ToHaveAttributeAsync("loading", "lazy");
    }

    private async Task SeeAsync(IPage page, string name)
    {
        await BrowserBed.ShootAsync(page, $"knowledge-{name}-{_look}");
        await BrowserBed.AssertAccessibleAsync(page);
        Assert.False(
            await page.EvaluateAsync<bool>(
                "[document.documentElement, document.querySelector('.shell-main')].some(e => e.scrollWidth > e.clientWidth)"
            ),
            $"{name} is wider than the window"
        );
    }

    [GeneratedRegex(@"^Before\n\n!\[A floor plan\]\(/knowledge/pictures/[0-9a-f-]{36}\)\n\n$")]
    private static partial Regex PlanOnce();

    [GeneratedRegex(@"/knowledge/\d+$")]
    private static partial Regex ArticleUrl();

    [GeneratedRegex(@"^\*\*…\*\*")]
    private static partial Regex BoldFirst();

    [GeneratedRegex(@"!\[План \\\[поверху\\\]\]\(/knowledge/pictures/[0-9a-f-]{36}\)\n\n")]
    private static partial Regex Inserted();
}
