using System.Globalization;
using Microsoft.Playwright;
using ProPartHub.HubSpotSandbox;
using ProPartHub.HubSpotSandbox.Limits;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.HubSpotSandbox.Seed;
using ProPartHub.Tests.Browser;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Scale;

/// <summary>
/// Two processes of the real portal on one PostgreSQL and one Redis, behind a sticky proxy: people notice neither that there
/// are two nor that one goes.
/// </summary>
public sealed class TwoInstancesTests(ChromiumFixture chromium)
{
    private const string Submit = "main form button[type=submit]";
    private const string HoldsLease = "keeps step with HubSpot from now on";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ChangeInOne_ShowsInTheOther_AndKillingOneLosesNothing()
    {
        await using var sandbox = await SandboxHost.StartAsync(
            new SandboxOptions
            {
                Limits = new RateLimitOptions { Enabled = false },
                Seed = new SeedOptions { Contacts = 0, Deals = 0 },
            },
            Token
        );
        await using var bed = await ScaleBed.StartAsync(
            chromium,
            new()
            {
                ["HubSpot__BaseAddress"] = sandbox.BaseAddress.ToString(),
                ["HubSpot__AccessToken"] = sandbox.Account.Options.AccessToken,
                ["HubSpot__Sync__IsSandbox"] = "true",
            }
        );
        await Eventually.IsAsync(() => bed.Instances.Values.Any(one => one.Said(HoldsLease)), Token);
        var doomed = bed.Instances.Single(one => one.Value.Said(HoldsLease)).Key;

        // One window on each, whichever came first.
        IPage? onDoomed = null,
            onOther = null;
        while (onDoomed is null || onOther is null)
        {
            var page = await bed.OpenAsAsync("olena", "/leads");
            await Assertions.Expect(page.Locator(".empty-state")).ToBeVisibleAsync();
            (onDoomed, onOther) = await ScaleBed.InstanceOfAsync(page) == doomed ? (page, onOther) : (onDoomed, page);
        }

        await AddLeadAsync(onDoomed, "Марія Перша", 1);
        await Assertions.Expect(onOther.Locator("tr.row")).ToContainTextAsync("Марія Перша");

        await onDoomed.GotoAsync("/leads/new");
        await onDoomed.Locator("#lead-ClientName").FillAsync("Ганна Друга");
        await onDoomed.Locator("#lead-Phone").FillAsync("+380501000002");
        await ScaleBed.DraftedAsync(onDoomed, "Ганна Друга");
        await bed.Instances[doomed].KillAsync(Token);

        await Eventually.IsAsync(async () => await InstanceAsync(onDoomed) == ScaleBed.Other(doomed), Token);
        // Loaded anew on the other one, which does not know of its circuit.
        await Assertions.Expect(onDoomed.Locator(".draft-notice")).ToBeVisibleAsync();
        await Assertions.Expect(onDoomed.Locator("#lead-ClientName")).ToHaveValueAsync("Ганна Друга");
        await onDoomed.Locator(Submit).ClickAsync();
        await Assertions
            .Expect(onDoomed.GetByRole(AriaRole.Heading, new() { Level = 1 }))
            .ToHaveTextAsync("Ганна Друга");
        await Assertions.Expect(onOther.Locator("tr.row")).ToHaveCountAsync(2);

        // What waited for HubSpot is carried by whoever is left.
        await Eventually.IsAsync(() => bed.Instances[ScaleBed.Other(doomed)].Said(HoldsLease), Token);
        await Eventually.IsAsync(() => Deals(sandbox) == 2, Token);
        Assert.Equal(2, await bed.ScalarAsync<long>("SELECT count(*) FROM leads"));
    }

    [Fact]
    public async Task RollingUpdate_LeavesNoGap_AndTakesPagesOverAsTheyAre()
    {
        await using var bed = await ScaleBed.StartAsync(chromium, new() { ["Hub__DrainSeconds"] = "8" });
        var page = await bed.OpenAsAsync("olena", "/leads/new");
        await page.Locator("#lead-ClientName").FillAsync("Остап");
        var first = await ScaleBed.InstanceOfAsync(page);
        await page.EvaluateAsync("() => { window.wasNeverReloaded = true; }");
        await using var visitors = new Visitors(new(bed.Proxy.Address, "/account/login"), 4);

        foreach (var name in new[] { first, ScaleBed.Other(first) })
        {
            // Where the cursor was left, also on the other side.
            await Assertions.Expect(page.Locator("#lead-ClientName")).ToBeFocusedAsync();
            await page.Keyboard.TypeAsync(" Їжак");
            var stopping = bed.Instances[name].StopAsync(Token);
            await Eventually.IsAsync(async () => await ScaleBed.InstanceOfAsync(page) == ScaleBed.Other(name), Token);
            Assert.Equal(0, await stopping);
            Assert.Empty(visitors.Failures);
            await bed.Instances[name].StartAsync(Token);
            await bed.UntilServedByAsync(name);
        }

        Assert.Empty(visitors.Failures);
        Assert.True(await page.EvaluateAsync<bool>("() => window.wasNeverReloaded === true"));
        await Assertions.Expect(page.Locator("#lead-ClientName")).ToHaveValueAsync("Остап Їжак Їжак");
        await page.Locator("#lead-Phone").FillAsync("+380501000003");
        await page.Locator(Submit).ClickAsync();
        await Assertions
            .Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }))
            .ToHaveTextAsync("Остап Їжак Їжак");
        Assert.Equal(1, await bed.ScalarAsync<long>("SELECT count(*) FROM leads"));
    }

    private static async Task AddLeadAsync(IPage page, string name, int number)
    {
        await page.GotoAsync("/leads/new");
        await page.Locator("#lead-ClientName").FillAsync(name);
        await page.Locator("#lead-Phone")
            .FillAsync(string.Create(CultureInfo.InvariantCulture, $"+38050{1000000 + number}"));
        await page.Locator(Submit).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);
    }

    // While the proxy has not noticed yet it answers by itself, and while the page is loaded anew nobody does.
    private static async Task<string?> InstanceAsync(IPage page)
    {
        try
        {
            return await ScaleBed.InstanceOfAsync(page);
        }
        catch (PlaywrightException)
        {
            return null;
        }
    }

    private static int Deals(SandboxHost sandbox) =>
        sandbox.Account.Locked(() => sandbox.Account.Records(ObjectType.Deals).All.Count(record => !record.Archived));

    /// <summary>Several browsers without scripts that open one page all the time.</summary>
    private sealed class Visitors(Uri page, int count) : IAsyncDisposable
    {
        private readonly SteadyVisitor[] _all = [.. Enumerable.Range(0, count).Select(_ => new SteadyVisitor(page))];

        public IEnumerable<string> Failures => _all.SelectMany(one => one.Failures);

        public async ValueTask DisposeAsync()
        {
            foreach (var one in _all)
            {
                await one.DisposeAsync();
            }
        }
    }
}
