using Microsoft.Playwright;
using ProPartHub.Tests.Files;
using ProPartHub.Tests.Timeline;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>A document is added to a lead, read, replaced by a newer version, removed and brought back.</summary>
public sealed class DocumentBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("propart-files-");
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

    [Theory]
    [InlineData(false, ColorScheme.Light)]
    [InlineData(true, ColorScheme.Dark)]
    public async Task Document_IsAdded_Read_Replaced_Removed_AndBroughtBack(bool phone, ColorScheme theme)
    {
        var lead = await _bed.AddLeadAsync("olena", 1);
        var page = await _bed.OpenAsAsync("olena", $"/leads/{lead.Id}", phone, "uk", theme);
        await Assertions.Expect(page.Locator(".document-none")).ToBeVisibleAsync();

        await page.Locator("#documents-add")
            .SetInputFilesAsync([
                Pdf("Договір про бронювання, остаточний, з усіма додатками.pdf", 1),
                Pdf("Паспорт.pdf", 2),
            ]);
        await Assertions.Expect(page.Locator(".document-title")).ToHaveCountAsync(2);
        await page.Locator("[aria-label='Завантажити нову версію «Паспорт»']")
            .SetInputFilesAsync(Pdf("Паспорт, новий.pdf", 3));
        await page.Locator(".document-versions").ClickAsync();
        await Assertions.Expect(page.Locator(".versions a")).ToHaveCountAsync(2);
        await page.Locator(".document-zone").ScrollIntoViewIfNeededAsync();
        await BrowserBed.AssertAccessibleAsync(page);
        await BrowserBed.ShootAsync(page, $"documents-{(phone ? "phone" : "desk")}-{theme}");

        await PreviewAsync(page, $"documents-preview-{(phone ? "phone" : "desk")}-{theme}");
        var saved = await page.RunAndWaitForDownloadAsync(() =>
            page.Locator("[aria-label='Зберегти «Паспорт» на диск']").ClickAsync()
        );
        Assert.Equal("Паспорт новий.pdf", saved.SuggestedFilename);
        Assert.Equal(
            Content(3),
            await File.ReadAllBytesAsync(await saved.PathAsync(), TestContext.Current.CancellationToken)
        );

        await page.Locator("[aria-label='Вилучити «Паспорт»']").ClickAsync();
        await Assertions.Expect(page.Locator(".document-title")).ToHaveCountAsync(2);
        await page.Locator(".mud-snackbar").GetByText("Скасувати").ClickAsync();
        await Assertions.Expect(page.Locator(".document-title")).ToHaveCountAsync(3);
    }

    // PDF and a picture: what the page's policy forbids would be said on the console.
    private async Task PreviewAsync(IPage page, string name)
    {
        var faults = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                faults.Add(message.Text);
            }
        };
        await page.Locator("#documents-add")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "Фасад.png",
                    MimeType = "image/png",
                    Buffer = AttachmentFiles.Png,
                }
            );
        await Assertions.Expect(page.Locator(".document-title")).ToHaveCountAsync(3);
        await page.Locator(".document-title").First.ClickAsync();
        var box = page.Locator(".lightbox");
        await Assertions.Expect(box.Locator("img")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(box.Locator("figcaption")).ToContainTextAsync("Паспорт");
        await Assertions.Expect(box.Locator("iframe, .lightbox-none")).ToBeVisibleAsync();
        await Assertions.Expect(box.Locator(".lightbox-save")).ToBeVisibleAsync();
        await BrowserBed.AssertAccessibleAsync(page);
        await BrowserBed.ShootAsync(page, name);
        await page.Locator(".lightbox-close").ClickAsync();
        await Assertions.Expect(box).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".document-title").Nth(1)).ToBeFocusedAsync();
        Assert.Empty(faults);
    }

    [Fact]
    public async Task FileThatIsDropped_IsTaken_AndColleaguesSeeItComing()
    {
        var lead = await _bed.AddLeadAsync("olena", 1);
        var page = await _bed.OpenAsAsync("olena", $"/leads/{lead.Id}");
        var colleague = await _bed.OpenAsAsync("admin.demo", $"/leads/{lead.Id}");
        await Assertions.Expect(page.Locator("#documents-add")).ToBeAttachedAsync();
        await Assertions.Expect(colleague.Locator(".document-none")).ToBeVisibleAsync();

        await page.EvaluateAsync(
            """
            () => {
              const files = new DataTransfer();
              files.items.add(new File(["%PDF-1.7 plan"], "План.pdf", { type: "application/pdf" }));
              const zone = document.getElementById("documents-zone");
              zone.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
            }
            """
        );

        await Assertions.Expect(page.Locator(".document-title")).ToHaveTextAsync("План");
        await Assertions.Expect(colleague.Locator(".document-title")).ToHaveTextAsync("План");
    }

    private static byte[] Content(int seed) => FileBed.Content(40_000, seed);

    private static FilePayload Pdf(string name, int seed) =>
        new()
        {
            Name = name,
            MimeType = "application/pdf",
            Buffer = Content(seed),
        };
}
