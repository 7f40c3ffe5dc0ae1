using Npgsql;
using ProPartHub.Tests.Browser;
using Xunit;

namespace ProPartHub.Tests.Reliability;

/// <summary>Others have taken every connection that the server gives: the portal says so, and goes on once one is free.</summary>
public sealed class NoConnectionsTests(ChromiumFixture chromium)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ServerWithoutFreeConnections_IsSaid_AndWhatWasTypedIsStoredOnceThereAreSome()
    {
        await using var bed = await DrillBed.StartAsync(chromium);
        var page = await bed.TypingAsync("Остап Їжак", 1);
        var strangers = await TakeAllAsync(bed);

        await DrillBed.SaveInVainAsync(page, "Остап Їжак");
        await DrillBed.BannerAsync(page, "немає вільних з’єднань");
        Assert.Contains("\"Unhealthy\"", await bed.HealthAsync(), StringComparison.Ordinal);

        foreach (var stranger in strangers)
        {
            await stranger.DisposeAsync();
        }

        await DrillBed.BannerAsync(page, null);
        await DrillBed.SaveAsync(page, "Остап Їжак");
        Assert.Equal(1, await bed.LeadsAsync("Остап Їжак"));
        await bed.AssertAliveAsync();
    }

    // Also those that the portal gives up: it must have to ask for a new one.
    private static async Task<List<NpgsqlConnection>> TakeAllAsync(DrillBed bed)
    {
        var address = new NpgsqlConnectionStringBuilder(bed.Server.ConnectionString)
        {
            Pooling = false,
        }.ConnectionString;
        var taken = new List<NpgsqlConnection>();
        var refusals = 0;
        while (refusals < 20)
        {
            bed.DropConnections();
            var stranger = new NpgsqlConnection(address);
            try
            {
                await stranger.OpenAsync(Token);
                taken.Add(stranger);
            }
            catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                await stranger.DisposeAsync();
                refusals++;
                await Task.Delay(20, Token);
            }
        }

        return taken;
    }
}
