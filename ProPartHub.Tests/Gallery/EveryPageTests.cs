using Microsoft.Playwright;
using ProPartHub.Tests.Browser;
using Xunit;

namespace ProPartHub.Tests.Gallery;

/// <summary>What holds on every page of the gallery: nothing that axe finds, enlarged nothing cut off, and paper.</summary>
public sealed class EveryPageTests(GalleryFixture gallery) : IClassFixture<GalleryFixture>
{
    // Whatever is outside the window and cannot be scrolled to. What scrolls by itself (a board, a table) may be wider, and
    // so may what only assistive technology reads.
    private const string CutOff = """
        () => [...document.querySelectorAll("main *, header *")]
          .filter((element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }))
          .filter((element) => {
            const box = element.getBoundingClientRect();
            if (box.width < 2 || box.height < 2 || (box.right <= innerWidth + 1 && box.left >= -1)) {
              return false;
            }
            for (let parent = element.parentElement; parent && parent.id !== "main"; parent = parent.parentElement) {
              if (["auto", "scroll"].includes(getComputedStyle(parent).overflowX)) {
                return false;
              }
            }
            return true;
          })
          .map((element) => element.outerHTML.slice(0, 120))
        """;

    private const string Sideways = """
        [document.documentElement, document.getElementById("main")].some((e) => e.scrollWidth > e.clientWidth + 1)
        """;

    // Each is one that holds the page's own content to what paper shows: no menus, no buttons, nothing wider than the sheet.
    private const string OnPaper = """
        () => {
          const seen = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
          const pressed = [...document.querySelectorAll("nav, button, input, select, textarea, .shell-bar, .shell-status")];
          const wide = [...document.querySelectorAll("main *")].filter((element) => {
            const box = element.getBoundingClientRect();
            return box.width > 1 && box.height > 1 && box.right > innerWidth + 1;
          });
          return [...pressed, ...wide].filter(seen).map((element) => element.outerHTML.slice(0, 120));
        }
        """;

    private static GalleryLook Light { get; } = GalleryLook.All[0];

    private static GalleryLook Dark { get; } = GalleryLook.All[1];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EveryPage_IsAccessible(bool isDark) =>
        await EachAsync(isDark ? Dark : Light, size: null, BrowserBed.FaultsAsync);

    [Fact]
    public async Task EveryPage_At200Percent_IsNotCutOff_NorScrollsSideways() =>
        await EachAsync(
            Light,
            // What a window of 1280 by 720 shows at 200 %.
            (640, 360),
            async window =>
                [
                    .. await window.EvaluateAsync<bool>(Sideways) ? ["scrolls sideways"] : Array.Empty<string>(),
                    .. await window.EvaluateAsync<string[]>(CutOff),
                ]
        );

    [Fact]
    public async Task OnPaper_BoardReportsStartPageAndPeople_AreTheContentAlone_BlackOnWhite()
    {
        var faults = new List<string>();
        foreach (var name in new[] { "board", "reports", "today", "today-team", "people" })
        {
            var page = GalleryPage.All.Single(one => one.Name == name);
            var window = await gallery.World.OpenAsync(page.Person, Dark);
            await gallery.World.ShowAsync(window, page);
            var sheets = await window.PdfAsync(new() { Format = "A4" });
            await BrowserBed.KeepAsync($"paper-{name}.pdf", sheets);
            Assert.True(sheets.Length > 10_000, $"{name}: {sheets.Length} bytes");

            // As wide as an A4 sheet between its margins.
            await window.SetViewportSizeAsync(703, 1000);
            await window.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });
            faults.AddRange((await window.EvaluateAsync<string[]>(OnPaper)).Select(element => $"{name}: {element}"));
            Assert.Equal(
                ["rgb(255, 255, 255)", "rgb(0, 0, 0)", "visible"],
                await window.EvaluateAsync<string[]>(
                    """
                    () => [
                      getComputedStyle(document.body).backgroundColor,
                      getComputedStyle(document.querySelector("h1")).color,
                      getComputedStyle(document.getElementById("main")).overflow,
                    ]
                    """
                )
            );
            await window.Context.CloseAsync();
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private async Task EachAsync(
        GalleryLook look,
        (int Width, int Height)? size,
        Func<IPage, Task<IReadOnlyList<string>>> faultsOf
    )
    {
        var faults = new List<string>();
        foreach (var pages in GalleryPage.All.GroupBy(page => page.Person))
        {
            var window = await gallery.World.OpenAsync(pages.Key, look);
            if (size is var (width, height))
            {
                await window.SetViewportSizeAsync(width, height);
            }

            foreach (var page in pages)
            {
                await gallery.World.ShowAsync(window, page);
                faults.AddRange((await faultsOf(window)).Select(fault => $"{page.Name}: {fault}"));
            }

            await window.Context.CloseAsync();
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
