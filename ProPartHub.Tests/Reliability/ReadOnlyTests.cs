using Microsoft.Playwright;
using ProPartHub.Tests.Browser;
using Xunit;

namespace ProPartHub.Tests.Reliability;

/// <summary>
/// The database may only be read, as a standby may before it has taken over: pages go on showing, what was typed waits in its
/// form, and saving works again by itself.
/// </summary>
public sealed class ReadOnlyTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task ReadOnlyDatabase_IsSaid_ReadsGoOn_AndWhatWasTypedIsStoredLater()
    {
        await using var bed = await DrillBed.StartAsync(chromium);
        var stored = await bed.Browsers.AddLeadAsync("olena", 1);
        var reader = await bed.Browsers.OpenAsAsync("olena", "/leads");
        await Assertions.Expect(reader.Locator("tr.row")).ToHaveCountAsync(1);
        var page = await bed.TypingAsync("Остап Їжак", 2);

        await SetAsync(bed, "on");
        await DrillBed.SaveInVainAsync(page, "Остап Їжак");
        await DrillBed.BannerAsync(page, "можна лише читати");
        await reader.GotoAsync($"/leads/{stored.Id}");
        await Assertions.Expect(reader.Locator(".facts").First).ToBeVisibleAsync();
        await DrillBed.BannerAsync(reader, "можна лише читати");
        Assert.Contains("can only be read", await bed.HealthAsync(), StringComparison.Ordinal);
        await bed.AssertAliveAsync();

        await SetAsync(bed, "off");
        await DrillBed.BannerAsync(page, null);
        await DrillBed.SaveAsync(page, "Остап Їжак");
        Assert.Equal(1, await bed.LeadsAsync("Остап Їжак"));
        await bed.AssertAliveAsync();
    }

    private static async Task SetAsync(DrillBed bed, string value)
    {
        await bed.Server.ExecuteAsync($"ALTER SYSTEM SET default_transaction_read_only = {value}");
        await bed.Server.ExecuteAsync("SELECT pg_reload_conf()");
        await bed.Server.UntilAsync("SHOW default_transaction_read_only", value);
        // What is connected already hears of it a moment later than what connects from now on.
        bed.DropConnections();
    }
}
