using System.Net;
using ProPartHub.Domain.Audit;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Accounts;

/// <summary>A portal with the limits it ships with.</summary>
public sealed class LimitedHub : AccountHub
{
    protected override HubHostOptions Options =>
        base.Options with
        {
            Settings = new Dictionary<string, string?> { ["Accounts:TriesPerAddressAndMinute"] = "60" },
        };
}

public sealed class LogInLimitTests(LimitedHub hub) : IClassFixture<LimitedHub>, IAsyncLifetime
{
    // Tests share the one address: each begins with a minute of its own.
    public ValueTask InitializeAsync()
    {
        hub.Time.Advance(TimeSpan.FromMinutes(1));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task SixthTryForOneAccount_IsRefusedUntilTheMinuteIsOver()
    {
        using var browser = hub.Host.NewBrowser();
        await TryAsync(browser, "somebody", times: 5);

        using var sixth = await browser.LogInAsync("SomeBody", "another password!");

        Assert.Equal(HttpStatusCode.TooManyRequests, sixth.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(1), sixth.Headers.RetryAfter!.Delta);
        var page = await sixth.PageAsync();
        Assert.Equal("SomeBody", page.QuerySelector("[name='Form.Name']")!.GetAttribute("value"));
        Assert.Equal(
            "Забагато спроб. Зачекайте 60 с і спробуйте ще раз.",
            page.QuerySelector("[role=alert]")!.TextContent
        );
        hub.Time.Advance(TimeSpan.FromMinutes(1));
        using var later = await browser.LogInAsync("somebody", "another password!");
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task RefusedTries_AreOneRow_AndReachNoPassword()
    {
        using var browser = hub.Host.NewBrowser();
        await TryAsync(browser, "flooded", times: 5);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var refused = await browser.LogInAsync("flooded", "another password!");
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        }

        Assert.Equal(
            [.. Enumerable.Repeat(SecurityEventKind.LogInFailed, 5), SecurityEventKind.RateLimited],
            (await hub.EventsAsync(entry => entry.ActorName == "flooded")).Select(entry => entry.Kind)
        );
    }

    [Fact]
    public async Task SixtyFirstTryFromOneAddress_IsRefused_WhateverTheAccount()
    {
        using var browser = hub.Host.NewBrowser();
        for (var number = 0; number < 60; number++)
        {
            await TryAsync(browser, $"colleague{number}", times: 1);
        }

        using var refused = await browser.LogInAsync("colleague60", "another password!");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
    }

    [Fact]
    public async Task ForwardedAddress_CountsTheCallerTheProxySaw_NotWhatTheCallerClaims()
    {
        // Loopback counts as a proxy of the same machine, so what it forwards is believed: each is an address of its own.
        using var browser = hub.Host.NewBrowser();
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        await TryAsync(browser, "proxied", times: 5);
        using var same = await browser.LogInAsync("proxied", "another password!");
        browser.DefaultRequestHeaders.Remove("X-Forwarded-For");
        // Only the last hop was seen by the trusted proxy; what stands before it was written by the caller.
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.1, 203.0.113.7");
        using var forged = await browser.LogInAsync("proxied", "another password!");

        Assert.Equal(HttpStatusCode.TooManyRequests, same.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, forged.StatusCode);
        Assert.All(
            await hub.EventsAsync(entry => entry.ActorName == "proxied"),
            entry => Assert.Equal("203.0.113.7", entry.Address)
        );
    }

    private static async Task TryAsync(HttpClient browser, string name, int times)
    {
        for (var attempt = 0; attempt < times; attempt++)
        {
            using var answer = await browser.LogInAsync(name, "another password!");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }
}
