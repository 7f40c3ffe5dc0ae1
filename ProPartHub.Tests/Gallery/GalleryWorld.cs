using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ProPartHub.HubSpotSandbox;
using ProPartHub.HubSpotSandbox.Seed;
using ProPartHub.Tests.Browser;
using ProPartHub.Tests.Live;

namespace ProPartHub.Tests.Gallery;

/// <summary>The portal over a seeded HubSpot sandbox, with the work of some days in it.</summary>
internal sealed class GalleryWorld : IAsyncDisposable
{
    private readonly SandboxHost _hubSpot;
    private readonly BrowserBed _bed;
    private readonly DirectoryInfo _documents;
    private GalleryWork.Done _done = null!;

    private GalleryWorld(SandboxHost hubSpot, BrowserBed bed, DirectoryInfo documents) =>
        (_hubSpot, _bed, _documents) = (hubSpot, bed, documents);

    public static async Task<GalleryWorld> StartAsync(ChromiumFixture chromium, CancellationToken cancellationToken)
    {
        var documents = Directory.CreateTempSubdirectory("propart-documents-");
        var hubSpot = await SandboxHost.StartAsync(
            new SandboxOptions
            {
                Seed = new SeedOptions { Contacts = 400, Deals = 400 },
                SearchIndexDelay = TimeSpan.Zero,
            },
            cancellationToken
        );
        var bed = await BrowserBed.StartAsync(
            chromium,
            cancellationToken,
            new()
            {
                ["HubSpot:BaseAddress"] = hubSpot.BaseAddress.ToString(),
                ["HubSpot:AccessToken"] = hubSpot.Account.Options.AccessToken,
                ["HubSpot:Sync:IsSandbox"] = "true",
                ["Files:Folder"] = Path.Combine(documents.FullName, "files"),
                ["Accounts:SecondFactorFor"] = "Nobody",
            }
        );
        var world = new GalleryWorld(hubSpot, bed, documents);
        await Eventually.IsAsync(world.IsImportedAsync, cancellationToken);
        world._done = await GalleryWork.DoAsync(bed, cancellationToken);
        return world;
    }

    /// <summary>A window as a page is looked at, in which somebody is signed in unless the name is empty.</summary>
    public async Task<IPage> OpenAsync(string person, GalleryLook look)
    {
        var window = await _bed.OpenAsync(look.Phone, look.Language, look.Theme);
        await window.GotoAsync($"/culture?c={look.Language}&returnUrl=/account/login");
        if (person.Length > 0)
        {
            await _bed.SignInAsync(window, person, "/account/manage");
            await window.Locator("main form").First.WaitForAsync();
            await window.GotoAsync($"/culture?c={look.Language}&returnUrl=/account/manage");
        }

        return window;
    }

    /// <summary>Where a page is, with the ids that it asks for.</summary>
    public string Address(GalleryPage page) =>
        page
            .Address.Replace("{lead}", $"{_done.Lead.Id}", StringComparison.Ordinal)
            .Replace("{number}", $"{_done.Lead.Number}", StringComparison.Ordinal)
            .Replace("{double}", $"{_done.Double.Number}", StringComparison.Ordinal)
            .Replace("{draft}", $"{_done.Draft}", StringComparison.Ordinal)
            .Replace("{import}", $"{_done.Import}", StringComparison.Ordinal)
            .Replace("{shared}", _done.Shared, StringComparison.Ordinal)
            .Replace("{property}", $"{_done.Property}", StringComparison.Ordinal)
            .Replace("{person}", $"{_done.PersonId}", StringComparison.Ordinal);

    /// <summary>Opens a page as a person sees it once all of it is there.</summary>
    public async Task ShowAsync(IPage window, GalleryPage page)
    {
        await window.GotoAsync(Address(page));
        await window.Locator(page.Loaded).First.WaitForAsync();
        await Assertions.Expect(window.Locator("main .skeleton, main .skeleton-rows")).ToHaveCountAsync(0);
        if (page.Click is { } click)
        {
            await window.Locator(click).Locator("visible=true").First.ClickAsync();
            await window.Locator(page.Opens!).Locator("visible=true").First.WaitForAsync();
        }

        // What fades or slides has come to rest, and the fonts are there.
        await window.EvaluateAsync(
            """
            async () => {
              await document.fonts.ready;
              await Promise.all(document.getAnimations()
                .filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
                .map((one) => one.finished.catch(() => {})));
            }
            """
        );
    }

    /// <summary>Keeps what the window shows; WebP, since a hundred pictures lie with the sources.</summary>
    public async Task SaveAsync(IPage window, string name)
    {
        var session = await window.Context.NewCDPSessionAsync(window);
        var answer = await session.SendAsync("Page.captureScreenshot", new() { ["format"] = "webp", ["quality"] = 60 });
        var path = Path.Combine(GalleryFile.Folder, name);
        await File.WriteAllBytesAsync(path, answer!.Value.GetProperty("data").GetBytesFromBase64());
        await session.DetachAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _bed.DisposeAsync();
        await _hubSpot.DisposeAsync();
        _documents.Delete(recursive: true);
    }

    private async Task<bool> IsImportedAsync()
    {
        await using var db = await _bed.Hub.Database.ReadAsync(CancellationToken.None);
        return await db.SyncCursors.AnyAsync(cursor => cursor.ObjectType == "deals" && cursor.ImportedAt != null)
            && await db.Leads.CountAsync() >= 400;
    }
}
