using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Browser;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Reliability;

/// <summary>The database server is stopped and started anew while people work.</summary>
public sealed class DatabaseRestartTests(ChromiumFixture chromium)
{
    private const int Writers = 4;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WritesInFlight_AreStoredOnceOrReported_AndPagesCatchUp()
    {
        await using var bed = await DrillBed.StartAsync(chromium);
        var agents = new List<Actor>();
        foreach (var name in new[] { "olena", "yurii", "andrii", "sofiia" })
        {
            agents.Add(await bed.Browsers.PersonAsync(name));
        }

        var feed = bed.Hub.Services.GetRequiredService<FeedStatus>();
        var page = await bed.Browsers.OpenAsAsync("olena", "/leads");
        await Assertions.Expect(page.Locator(".empty-state")).ToBeVisibleAsync();
        var stranger = await bed.Browsers.OpenAsAsync("oliver", "/leads");
        await Assertions.Expect(stranger.Locator(".empty-state")).ToBeVisibleAsync();
        await Eventually.IsAsync(() => feed.Current.IsConnected, Token);
        var (stored, reported) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var writers = Enumerable
            .Range(0, Writers)
            .Select(writer => WriteAsync(bed, agents[writer], writer, stored, reported, end.Token))
            .ToList();
        await Eventually.IsAsync(() => stored.Count >= 2 * Writers, Token);

        await bed.Server.StopAsync();
        await Eventually.IsAsync(() => !feed.Current.IsConnected, Token);
        await DrillBed.BannerAsync(page, "База даних не відповідає");
        await bed.Server.StartAgainAsync();
        var before = stored.Count;
        await Eventually.IsAsync(() => stored.Count >= before + (2 * Writers), Token);
        await end.CancelAsync();
        await Task.WhenAll(writers);

        // Each lead whose writer was told so, once; and of the others none twice.
        var phones = await PhonesAsync(bed);
        Assert.Equal(phones.Count, phones.Distinct().Count());
        Assert.Empty(stored.Except(phones));
        Assert.Empty(phones.Except(stored).Except(reported));
        Assert.Equal(
            phones.Count,
            await bed.Server.CountAsync(
                $"SELECT count(*) FROM lead_events WHERE kind = {(int)Domain.Timeline.LeadEventKind.Created}"
            )
        );

        await DrillBed.BannerAsync(page, null);
        await Eventually.IsAsync(() => feed.Current is { IsConnected: true, Losses: 1 }, Token);
        await Assertions
            .Expect(page.Locator("tr.row"))
            .ToHaveCountAsync(
                (int)await bed.Server.CountAsync($"SELECT count(*) FROM leads WHERE agent_id = '{agents[0].UserId}'")
            );
        // Of another team: none of these is anything to this person.
        await DrillBed.BannerAsync(stranger, null);
        await Assertions.Expect(stranger.Locator("tr.row")).ToHaveCountAsync(0);
        await bed.AssertAliveAsync();
    }

    private static async Task WriteAsync(
        DrillBed bed,
        Actor agent,
        int writer,
        ConcurrentQueue<string> stored,
        ConcurrentQueue<string> reported,
        CancellationToken end
    )
    {
        for (var number = 0; !end.IsCancellationRequested; number++)
        {
            var input = HubBed.Input((writer * 10_000) + number);
            try
            {
                await bed.Browsers.UseAsync<LeadService, LeadCreated>(leads =>
                    leads.CreateAsync(agent, input, agent.UserId, CancellationToken.None)
                );
                stored.Enqueue(input.Phone!);
            }
            catch (Exception failure) when (DatabaseOutage.Is(failure))
            {
                reported.Enqueue(input.Phone!);
            }

            await Task.Delay(200, CancellationToken.None);
        }
    }

    private static async Task<List<string>> PhonesAsync(DrillBed bed)
    {
        await using var db = await bed.Hub.Database.ReadAsync(Token);
        return [.. db.Leads.Select(lead => lead.Phone!)];
    }
}
