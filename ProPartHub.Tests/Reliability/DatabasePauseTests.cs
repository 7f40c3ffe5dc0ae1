using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Live;
using ProPartHub.Tests.Browser;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Reliability;

/// <summary>
/// The database server is frozen: connections stay open and nobody answers, as with a machine that hangs or a disk that does not
/// come. A minute of it, with the portal's own limits, is the drill of the benchmarks.
/// </summary>
public sealed class DatabasePauseTests(ChromiumFixture chromium)
{
    // More than the pool holds.
    private const int Readers = 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FrozenServer_HoldsNobodyForEver_AndWhatWasTypedIsStoredOnce()
    {
        await using var bed = await DrillBed.StartAsync(
            chromium,
            new() { ["Database:CommandTimeoutSeconds"] = "2", ["Database:MaxRetries"] = "1" }
        );
        var feed = bed.Hub.Services.GetRequiredService<FeedStatus>();
        await Eventually.IsAsync(() => feed.Current.IsConnected, Token);
        var page = await bed.TypingAsync("Остап Їжак", 1);

        await bed.Server.PauseAsync();
        var readings = Enumerable.Range(0, Readers).Select(_ => ReadAsync(bed)).ToList();
        await DrillBed.SaveInVainAsync(page, "Остап Їжак");

        // All of it while the server still says nothing.
        Assert.All(await Task.WhenAll(readings), isOutage => Assert.True(isOutage));
        await DrillBed.BannerAsync(page, "База даних не відповідає");
        Assert.Contains("\"Unhealthy\"", await bed.HealthAsync(), StringComparison.Ordinal);
        using (var http = bed.Hub.NewBrowser())
        {
            using var live = await http.GetAsync("/health/live", Token);
            Assert.True(live.IsSuccessStatusCode);
        }

        await bed.Server.ResumeAsync();
        await DrillBed.BannerAsync(page, null);
        Assert.Equal(0, await bed.LeadsAsync("Остап Їжак"));
        await DrillBed.SaveAsync(page, "Остап Їжак");
        Assert.Equal(1, await bed.LeadsAsync("Остап Їжак"));
        await bed.AssertAliveAsync();
    }

    private static async Task<bool> ReadAsync(DrillBed bed)
    {
        try
        {
            await using var db = await bed.Hub.Database.ReadAsync(Token);
            await db.Users.CountAsync(Token);
            return false;
        }
        catch (Exception failure) when (DatabaseOutage.Is(failure))
        {
            return true;
        }
    }
}
