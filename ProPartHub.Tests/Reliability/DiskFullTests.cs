using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Npgsql;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Files.Storage;
using ProPartHub.Tests.Browser;
using ProPartHub.Tests.Files;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Reliability;

/// <summary>
/// The disk of the database is full, or that of the files: nothing can be added, everything can be read, and with room again
/// all goes on.
/// </summary>
public sealed class DiskFullTests(ChromiumFixture chromium)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DatabaseWithoutRoom_IsSaid_ReadsGoOn_AndWhatWasTypedIsStoredOnceThereIsSome()
    {
        await using var disk = await SmallDisk.MountAsync(96);
        await using var bed = await DrillBed.StartAsync(chromium, prepare: server => MoveAsync(server, disk));
        var reader = await bed.Browsers.OpenAsAsync("olena", "/people/me");
        var page = await bed.TypingAsync("Остап Їжак", 1);

        disk.Fill();
        await DrillBed.SaveInVainAsync(page, "Остап Їжак");
        await DrillBed.BannerAsync(page, "немає місця");
        await reader.GotoAsync("/leads");
        await Assertions.Expect(reader.Locator(".empty-state")).ToBeVisibleAsync();
        await DrillBed.BannerAsync(reader, "немає місця");
        Assert.Contains("disk is full", await bed.HealthAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await bed.LeadsAsync("Остап Їжак"));
        await bed.AssertAliveAsync();

        disk.Empty();
        await DrillBed.BannerAsync(page, null);
        await DrillBed.SaveAsync(page, "Остап Їжак");
        Assert.Equal(1, await bed.LeadsAsync("Остап Їжак"));
        await bed.AssertAliveAsync();
    }

    [Fact]
    public async Task FileThatFindsNoRoom_LeavesNothingBehind_AndIsTakenOnceThereIsSome()
    {
        await using var disk = await SmallDisk.MountAsync(8);
        await using var bed = await HubBed.CreateAsync(Token);
        var store = new FileStore(
            bed.Get<HubDatabase>(),
            new FolderVault(new HubFileOptions { Folder = disk.Folder }),
            bed.Get<IDataProtectionProvider>(),
            bed.Time
        );
        var file = FileBed.Pdf(FileBed.Content(1024 * 1024));

        disk.Fill();
        await Assert.ThrowsAnyAsync<IOException>(() => store.SaveAsync(file, FileRule.Documents, Token));
        Assert.Equal(0, await StoredAsync(bed));
        disk.Empty();
        Assert.Empty(Directory.EnumerateFiles(disk.Folder, "*", SearchOption.AllDirectories));

        Assert.NotNull((await store.SaveAsync(file, FileRule.Documents, Token)).File);
        Assert.Equal(1, await StoredAsync(bed));
    }

    private static Task<int> StoredAsync(HubBed bed) => bed.ReadAsync(db => db.StoredFiles.CountAsync(Token));

    // Its tables and indexes alone: without room for its log PostgreSQL would end itself.
    private static async Task MoveAsync(DrillServer server, SmallDisk disk)
    {
        var folder = await disk.FolderOfPostgresAsync(like: server.Folder);
        var name = new NpgsqlConnectionStringBuilder(server.ConnectionString).Database;
        await server.ExecuteAsync($"CREATE TABLESPACE small LOCATION '{folder}'");
        await server.ExecuteAsync($"ALTER DATABASE {name} SET TABLESPACE small");
    }
}
