using System.Globalization;
using ProPartHub.HubSpotSandbox;
using ProPartHub.HubSpotSandbox.Limits;
using ProPartHub.HubSpotSandbox.Seed;
using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Chapter 2: three budgets and the day's.</summary>
public sealed class LimitTests : ContractTest
{
    private const string Search = $"{Contacts}/search";
    private const string LinkRead = "/crm/associations/2026-03/contacts/deals/batch/read";
    private const string Prefix = "X-HubSpot-RateLimit-";

    private protected override SandboxOptions Options =>
        new()
        {
            TimeProvider = Clock,
            Seed = SeedOptions.Empty,
            SearchIndexDelay = TimeSpan.Zero,
            Limits = new RateLimitOptions
            {
                Burst = 10,
                SearchPerSecond = 5,
                AssociationBurst = 3,
                Daily = 40,
            },
        };

    [Fact]
    public async Task Burst_RefusesWithItsPolicy()
    {
        await CallAsync(10, () => GetAsync(Contacts), 200);

        var refused = (await GetAsync(Contacts)).ExpectError(429, null);

        Assert.Equal("correlationId errorType message policyName requestId status", refused.Body.Members());
        Assert.Equal("You have reached your ten_secondly_rolling limit.", refused.Message);
        Assert.Equal(
            ("RATE_LIMIT", "TEN_SECONDLY_ROLLING"),
            (refused.Body.Text("errorType"), refused.Body.Text("policyName"))
        );
        Assert.False(refused.Headers.ContainsKey("Retry-After"));
    }

    [Fact]
    public async Task Burst_IsARollingWindowOfTenSeconds()
    {
        await CallAsync(5, () => GetAsync(Contacts), 200);
        Clock.Advance(TimeSpan.FromSeconds(6));
        await CallAsync(5, () => GetAsync(Contacts), 200);
        (await GetAsync(Contacts)).Expect(429);

        // Only the first five have left the window.
        Clock.Advance(TimeSpan.FromSeconds(4));
        await CallAsync(5, () => GetAsync(Contacts), 200);
        (await GetAsync(Contacts)).Expect(429);
    }

    [Fact]
    public async Task Refused_CallsCostNothing()
    {
        await CallAsync(10, () => GetAsync(Contacts), 200);
        Clock.Advance(TimeSpan.FromSeconds(5));
        await CallAsync(10, () => GetAsync(Contacts), 429);

        Clock.Advance(TimeSpan.FromSeconds(5));
        await CallAsync(10, () => GetAsync(Contacts), 200);
    }

    [Fact]
    public async Task Search_RefusesInWordsOfItsOwn()
    {
        await CallAsync(5, () => PostAsync(Search, "{}"), 200);

        var refused = (await PostAsync(Search, "{}")).ExpectError(429, "RATE_LIMITS");

        Assert.Equal("category correlationId message status", refused.Body.Members());
        Assert.Equal("You have reached your secondly limit.", refused.Message);
        Assert.False(refused.Headers.ContainsKey("Retry-After"));

        Clock.Advance(TimeSpan.FromSeconds(1));
        (await PostAsync(Search, "{}")).Expect(200);
    }

    [Fact]
    public async Task Search_AndBatchAssociationsDoNotDrawOnTheBurst()
    {
        await CallAsync(10, () => GetAsync(Contacts), 200);

        (await PostAsync(Search, "{}")).Expect(200);
        (await PostAsync(LinkRead, """{"inputs":[{"id":"1"}]}""")).Expect(207);
        (await GetAsync("/crm/associations/2026-03/contacts/deals/labels")).Expect(200);
        (await GetAsync(Contacts)).Expect(429);
    }

    [Fact]
    public async Task BatchAssociations_HaveABurstOfTheirOwn()
    {
        await CallAsync(3, () => PostAsync(LinkRead, """{"inputs":[{"id":"1"}]}"""), 207);

        (await PostAsync(LinkRead, """{"inputs":[{"id":"1"}]}""")).Expect(429);
        (await GetAsync(Contacts)).Expect(200);

        Clock.Advance(TimeSpan.FromSeconds(10));
        (await PostAsync(LinkRead, """{"inputs":[{"id":"1"}]}""")).Expect(207);
    }

    [Fact]
    public async Task OneAssociation_DrawsOnTheBurst()
    {
        await CallAsync(10, () => GetAsync($"{Contacts}/1/associations/deals"), 404);

        (await GetAsync(Contacts)).Expect(429);
    }

    [Fact]
    public async Task Daily_RefusesWithItsPolicyUntilMidnightInTheAccountsZone()
    {
        for (var i = 0; i < 4; i++)
        {
            await CallAsync(10, () => GetAsync(Contacts), 200);
            Clock.Advance(TimeSpan.FromSeconds(10));
        }

        var refused = (await GetAsync(Contacts)).ExpectError(429, null);
        Assert.Equal("You have reached your daily limit.", refused.Message);
        Assert.Equal(("RATE_LIMIT", "DAILY"), (refused.Body.Text("errorType"), refused.Body.Text("policyName")));
        (await PostAsync(Search, "{}")).Expect(429);

        // It is 14:00 in Kyiv.
        Clock.Advance(new DateTimeOffset(2026, 11, 23, 21, 59, 59, TimeSpan.Zero) - Clock.GetUtcNow());
        (await GetAsync(Contacts)).Expect(429);
        Clock.Advance(TimeSpan.FromSeconds(1));
        (await GetAsync(Contacts)).Expect(200);
    }

    [Fact]
    public async Task Headers_OfOrdinaryCallsTellBurstAndDay()
    {
        await GetAsync(Contacts);
        var headers = (await GetAsync(Contacts)).Headers;

        Assert.Equal(
            ["10", "8", "10000", "40", "38"],
            new[] { "Max", "Remaining", "Interval-Milliseconds", "Daily", "Daily-Remaining" }.Select(name =>
                headers[Prefix + name]
            )
        );
        Assert.True(headers.ContainsKey($"{Prefix}Secondly"));
        Assert.True(headers.ContainsKey($"{Prefix}Secondly-Remaining"));
    }

    [Fact]
    public async Task Headers_OfSearchesTellTheDayAtMost()
    {
        var found = await PostAsync(Search, "{}");
        await CallAsync(4, () => PostAsync(Search, "{}"), 200);
        var refused = await PostAsync(Search, "{}");

        Assert.Equal(("40", "39"), (found.Headers[$"{Prefix}Daily"], found.Headers[$"{Prefix}Daily-Remaining"]));
        Assert.All(
            new[] { found, refused },
            answer =>
                Assert.All(
                    new[] { "Max", "Remaining", "Interval-Milliseconds", "Secondly" },
                    name => Assert.False(answer.Headers.ContainsKey(Prefix + name))
                )
        );
    }

    [Fact]
    public async Task DailyUsage_TellsLimitUseAndEndOfDay()
    {
        await CallAsync(3, () => GetAsync(Contacts), 200);

        var usage = Assert.Single(
            (await GetAsync("/account-info/2026-09/api-usage/daily/private-apps")).Expect(200).Results.EnumerateArray()
        );

        Assert.Equal(
            (40, 4),
            (usage.GetProperty("usageLimit").GetInt32(), usage.GetProperty("currentUsage").GetInt32())
        );
        Assert.Equal(
            new DateTimeOffset(2026, 11, 23, 22, 0, 0, TimeSpan.Zero),
            DateTimeOffset.Parse(usage.Text("resetsAt")!, CultureInfo.InvariantCulture)
        );
    }

    [Fact]
    public void Defaults_AreThoseOfTheFreeTier()
    {
        var limits = new RateLimitOptions();

        Assert.Equal((100, 5, 100), (limits.Burst, limits.SearchPerSecond, limits.AssociationBurst));
        Assert.Equal((250_000, 500_000), (limits.Daily, limits.AssociationDaily));
    }

    private static async Task CallAsync(int times, Func<Task<Answer>> call, int status)
    {
        for (var i = 0; i < times; i++)
        {
            (await call()).Expect(status);
        }
    }
}
