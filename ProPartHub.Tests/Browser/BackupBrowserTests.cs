using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;
using ProPartHub.Domain.Backups;
using ProPartHub.Tests.Backups;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>Backups as an admin makes and follows them in a real browser.</summary>
[Collection(BackupBed.OneClock)]
public sealed class BackupBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hub-backup-browser");
    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _bed = await BrowserBed.StartAsync(
            chromium,
            Token,
            new()
            {
                ["Files:Folder"] = Path.Combine(_folder.FullName, "files"),
                ["Backup:VerifyOn"] = await TestDatabase.SuperuserAsync(),
            }
        );

    public async ValueTask DisposeAsync()
    {
        await _bed.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task BackUpNow_IsFollowedInEveryOpenPage_AndTheRestoreIsThereToCopy()
    {
        var keeping = _bed.Hub.Services.GetRequiredService<BackupKeeping>();
        await keeping.ExecuteTask!;
        _bed.Hub.Services.GetRequiredService<IOptions<BackupOptions>>().Value.Folder = Path.Combine(
            _folder.FullName,
            "backups"
        );
        var page = await _bed.OpenAsAsync("admin.demo", "/admin/backups");
        var other = await _bed.OpenAsAsync("admin.demo", "/admin/backups", phone: true, "en", ColorScheme.Dark);
        await Assertions.Expect(other.Locator(".state-bad")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Зробити копію" }).ClickAsync();
        await Assertions.Expect(other.Locator(".running")).ToBeVisibleAsync();
        await keeping.KeepAsync(Token);

        foreach (var open in new[] { page, other })
        {
            await Assertions.Expect(open.Locator(".state-good")).ToBeVisibleAsync();
            await Assertions.Expect(open.Locator(".verdict-Restored")).ToBeVisibleAsync();
            await Assertions
                .Expect(open.Locator("#guide-command"))
                .ToHaveValueAsync(new System.Text.RegularExpressions.Regex("restore --from .*propart-"));
            await BrowserBed.AssertAccessibleAsync(open);
            await BrowserBed.ShootAsync(open, open == page ? "backups" : "backups-phone-dark", whole: true);
            Assert.False(
                await open.EvaluateAsync<bool>(
                    "[document.documentElement, document.querySelector('.shell-main')].some(e => e.scrollWidth > e.clientWidth)"
                )
            );
        }
    }
}
