using Microsoft.Playwright;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Browser;
using Xunit;

namespace ProPartHub.Tests.Gallery;

/// <summary>Makes the gallery where it is asked for, and sees each time that it shows what it says.</summary>
public sealed class GalleryTests(ChromiumFixture chromium)
{
    private const string Variable = "PROPART_GALLERY";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_ShowsEachPicture_AndNoneLiesAbout()
    {
        Assert.Equal(
            GalleryFile.Text(),
            (await File.ReadAllTextAsync(GalleryFile.Page, Token)).ReplaceLineEndings("\n")
        );
        var wanted = from page in GalleryPage.All from look in GalleryLook.All select GalleryFile.Picture(page, look);
        Assert.Equal(wanted.Order(), Directory.EnumerateFiles(GalleryFile.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Pictures_AreMade_OfEachPageInEachLook()
    {
        var asked = Environment.GetEnvironmentVariable(Variable) ?? "";
        Assert.SkipWhen(asked.Length == 0, $"The pictures are made where {Variable} is set.");
        // "1" is all of them, "lead,board" those two.
        var only = asked == "1" ? [] : asked.Split(',');
        var shown = GalleryPage.All.Where(page => only.Length == 0 || only.Contains(page.Name)).ToList();
        await using var world = await GalleryWorld.StartAsync(chromium, Token);
        Directory.CreateDirectory(GalleryFile.Folder);
        foreach (var look in GalleryLook.All)
        {
            foreach (var pages in shown.GroupBy(page => page.Person))
            {
                var window = await world.OpenAsync(pages.Key, look);
                foreach (var page in pages)
                {
                    await ShootAsync(world, window, page, look);
                }

                await window.Context.CloseAsync();
            }
        }

        var known =
            from page in GalleryPage.All
            from look in GalleryLook.All
            select Path.Combine(GalleryFile.Folder, GalleryFile.Picture(page, look));
        foreach (var stale in Directory.EnumerateFiles(GalleryFile.Folder).Except(known))
        {
            File.Delete(stale);
        }

        await File.WriteAllTextAsync(GalleryFile.Page, GalleryFile.Text(), Token);
    }

    private static async Task ShootAsync(GalleryWorld world, IPage window, GalleryPage page, GalleryLook look)
    {
        await world.ShowAsync(window, page);
        await world.SaveAsync(window, GalleryFile.Picture(page, look));
    }
}
