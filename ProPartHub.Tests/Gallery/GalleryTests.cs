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
        Assert.SkipWhen(
            string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)),
            $"The pictures are made where {Variable} is set."
        );
        await using var world = await GalleryWorld.StartAsync(chromium, Token);
        Directory.CreateDirectory(GalleryFile.Folder);
        foreach (var look in GalleryLook.All)
        {
            foreach (var pages in GalleryPage.All.GroupBy(page => page.Person))
            {
                var window = await world.OpenAsync(pages.Key, look);
                foreach (var page in pages)
                {
                    await ShootAsync(world, window, page, look);
                }

                await window.Context.CloseAsync();
            }
        }

        foreach (var stale in Directory.EnumerateFiles(GalleryFile.Folder).Except(world.Made))
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
