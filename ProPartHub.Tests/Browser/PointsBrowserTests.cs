using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProPartHub.Domain.Points;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>Points between three people: put right by the manager, seen at once by the agent, switched off by the admin.</summary>
public sealed class PointsBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await BrowserBed.StartAsync(chromium, Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Correction_ReachesTheAgentWithItsReason_AndTheWholeIsSwitchedOff()
    {
        await _bed.AddLeadAsync("olena", 1);
        var olena = await _bed.PersonAsync("olena");
        var agent = await _bed.OpenAsAsync("olena", "/points", phone: true);
        await Assertions.Expect(agent.Locator(".ledger li")).ToHaveCountAsync(1);
        await Assertions.Expect(agent.Locator(".level strong")).ToHaveTextAsync("Бронзовий");
        var ranking = await _bed.OpenAsAsync("olena", "/points?view=ranking");
        await Assertions.Expect(ranking.Locator(".ranking tr.me td.by")).ToHaveTextAsync("100");

        // The manager says why; the agent's open pages follow without a reload.
        var manager = await _bed.OpenAsAsync("taras", $"/points/{olena.UserId}");
        await manager.Locator("#correct-points").FillAsync("2000");
        await manager.Locator("#correct-reason").FillAsync("Привела клієнта з виставки");
        await manager.Locator(".correction button[type=submit]").ClickAsync();
        await Assertions.Expect(manager.Locator(".ledger li")).ToHaveCountAsync(2);
        await Assertions.Expect(agent.Locator(".ledger li")).ToHaveCountAsync(2);
        await Assertions.Expect(agent.Locator(".ledger .why")).ToHaveTextAsync("Привела клієнта з виставки");
        await Assertions.Expect(agent.Locator(".ledger .points").First).ToHaveTextAsync(new Regex("^\\+2.000$"));
        await Assertions.Expect(agent.Locator(".level strong")).ToHaveTextAsync("Срібний");
        await Assertions.Expect(ranking.Locator(".ranking tr.me td.by")).ToHaveTextAsync(new Regex("^2.100$"));
        await BrowserBed.AssertAccessibleAsync(agent);
        await BrowserBed.ShootAsync(agent, "points-phone");

        // A rule holds for what comes after it.
        var admin = await _bed.OpenAsAsync("admin.demo", "/admin/points");
        await admin.Locator("#lead-created").FillAsync("250");
        await admin.Locator(".rules button[type=submit]").ClickAsync();
        await Assertions.Expect(admin.Locator(".rules [role=status]")).ToBeVisibleAsync();
        await _bed.AddLeadAsync("olena", 2);
        await Assertions.Expect(agent.Locator(".ledger .points").First).ToHaveTextAsync("+250");

        await agent.GotoAsync("/");
        await Assertions.Expect(agent.Locator("[aria-labelledby=standing-title] .level")).ToBeVisibleAsync();
        await Assertions.Expect(agent.Locator("#user-menu a[href='/points']")).ToHaveCountAsync(1);
        await admin.Locator(".rules [name=on]").UncheckAsync();
        await admin.Locator(".rules button[type=submit]").ClickAsync();
        await Assertions.Expect(agent.Locator("#user-menu a[href='/points']")).ToHaveCountAsync(0);
        await Assertions.Expect(agent.Locator(".level")).ToHaveCountAsync(0);
        await Assertions.Expect(agent.Locator(".ranking")).ToHaveCountAsync(0);

        // Nothing is given while it is off, what was given is kept, and the admin finds the way back.
        await _bed.AddLeadAsync("olena", 3);
        await using (var db = await _bed.Hub.Database.ReadAsync(Token))
        {
            Assert.Equal(2_350, db.PointEntries.Where(entry => entry.UserId == olena.UserId).Sum(row => row.Points));
            Assert.Equal(1, db.PointEntries.Count(entry => entry.Kind == PointKind.Correction));
        }

        await admin.GotoAsync("/");
        // The figures come with the circuit, which draws the page anew and shuts a menu that was quicker.
        await Assertions.Expect(admin.Locator("main .strip")).ToBeVisibleAsync();
        await admin.Locator("[popovertarget=user-menu]").ClickAsync();
        await admin.Locator("#user-menu a[href='/admin/points']").ClickAsync();
        await admin.Locator(".rules [name=on]").CheckAsync();
        await admin.Locator(".rules button[type=submit]").ClickAsync();
        await Assertions.Expect(agent.Locator("#user-menu a[href='/points']")).ToHaveCountAsync(1);
        await Assertions.Expect(agent.Locator(".level")).ToBeVisibleAsync();
    }
}
