using System.Net;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Account;
using Xunit;

namespace ProPartHub.Tests.Accounts;

public sealed class SessionTests(AccountHub hub) : IClassFixture<AccountHub>
{
    private const string Password = AccountHub.Password;

    private static readonly TimeSpan Recheck = TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Cookies_OutsideDevelopment_AreBoundToTheHostAndHidden()
    {
        await hub.Host.AddUserAsync("cookies", Password);
        using var browser = hub.Host.NewBrowser();
        using var form = await browser.GetAsync("/account/login", TestContext.Current.CancellationToken);
        using var answer = await browser.LogInAsync("cookies", Password);

        Assert.Matches(
            "^__Host-ProPartHub=[^;]+; expires=[^;]+; path=/; secure; samesite=lax; httponly$",
            answer
                .Headers.GetValues("Set-Cookie")
                .Single(cookie => cookie.StartsWith("__Host-", StringComparison.Ordinal))
        );
        Assert.Matches(
            "^__Host-ProPartHub.Forms=[^;]+; path=/; secure; samesite=strict; httponly$",
            form.Headers.GetValues("Set-Cookie").Single()
        );
    }

    [Fact]
    public async Task IdleForTenHours_Ends_ButUseKeepsItAlive()
    {
        await hub.Host.AddUserAsync("idle", Password);
        using var browser = await hub.Host.SignInAsync("idle", Password);
        for (var day = 0; day < 3; day++)
        {
            hub.Time.Advance(TimeSpan.FromHours(9.5));
            Assert.True(await IsSignedInAsync(browser));
        }

        hub.Time.Advance(TimeSpan.FromHours(10) + TimeSpan.FromSeconds(1));

        Assert.False(await IsSignedInAsync(browser));
    }

    [Fact]
    public async Task OlderThanAWeek_EndsHoweverBusy()
    {
        await hub.Host.AddUserAsync("busy", Password);
        using var browser = await hub.Host.SignInAsync("busy", Password);
        for (var hours = 0; hours < 168; hours += 8)
        {
            Assert.True(await IsSignedInAsync(browser));
            hub.Time.Advance(TimeSpan.FromHours(8));
        }

        hub.Time.Advance(Recheck);

        Assert.False(await IsSignedInAsync(browser));
    }

    [Fact]
    public async Task NewSecurityStamp_EndsItWithinAMinute()
    {
        var user = await hub.Host.AddUserAsync("stamped", Password);
        using var browser = await hub.Host.SignInAsync("stamped", Password);
        await hub.ChangeAsync(user.Id, changed => changed.SecurityStamp = "another");

        hub.Time.Advance(Recheck);

        Assert.False(await IsSignedInAsync(browser));
    }

    [Fact]
    public async Task SwitchedOff_EndsItWithinAMinute()
    {
        var user = await hub.Host.AddUserAsync("dismissed", Password);
        using var browser = await hub.Host.SignInAsync("dismissed", Password);
        await hub.ChangeAsync(user.Id, changed => changed.IsActive = false);

        hub.Time.Advance(Recheck);

        Assert.False(await IsSignedInAsync(browser));
    }

    [Fact]
    public async Task LogOut_EndsItAndIsRecorded()
    {
        var user = await hub.Host.AddUserAsync("leaving", Password);
        using var browser = await hub.Host.SignInAsync("leaving", Password);

        using var answer = await PostLogOutAsync(browser, await TokenAsync(browser));

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.False(await IsSignedInAsync(browser));
        Assert.Equal(SecurityEventKind.LoggedOut, (await hub.EventsAsync(user.Id))[^1].Kind);
    }

    [Fact]
    public async Task LogOut_WithoutAntiforgeryTokenOrByGet_IsRefused()
    {
        await hub.Host.AddUserAsync("lured", Password);
        using var browser = await hub.Host.SignInAsync("lured", Password);

        using var post = await PostLogOutAsync(browser, token: "");
        using var get = await browser.GetAsync("/account/logout", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, post.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, get.StatusCode);
        Assert.True(await IsSignedInAsync(browser));
    }

    [Fact]
    public async Task Keys_AreInTheDatabase_SoThatASessionHoldsOnEveryInstance()
    {
        await hub.Host.AddUserAsync("moving", Password);
        using var browser = await hub.Host.SignInAsync("moving", Password);
        await using var second = await HubHost.StartAsync(
            hub.Connection,
            new HubHostOptions { Environment = "Production", Time = hub.Time }
        );

        using var answer = await browser.GetAsync(
            new Uri(second.BaseAddress, "/account/manage"),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await using var db = await hub.Host.Database.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await db.DataProtectionKeys.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Circuit_LosesItsSession_WhenAnythingItRestsOnChanges()
    {
        Action<HubUser>[] changes =
        [
            user => user.SecurityStamp = "another",
            user => user.IsActive = false,
            user => user.Role = Role.Manager,
        ];
        foreach (var (change, index) in changes.Select((change, index) => (change, index)))
        {
            var user = await hub.Host.AddUserAsync($"circuit{index}", Password);
            var principal = await hub.Host.StartSessionAsync(user);
            Assert.True(await IsAliveAsync(principal));

            await hub.ChangeAsync(user.Id, change);

            Assert.False(await IsAliveAsync(principal), $"change {index}");
        }
    }

    [Fact]
    public async Task Circuit_LosesItsSession_AfterAWeek()
    {
        var principal = await hub.Host.StartSessionAsync(await hub.Host.AddUserAsync("watcher", Password));
        for (var hour = 0; hour < 7 * 24; hour += 8)
        {
            hub.Time.Advance(TimeSpan.FromHours(8) - TimeSpan.FromSeconds(1));
            Assert.True(await IsAliveAsync(principal), $"after {hour} hours");
        }

        hub.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.False(await IsAliveAsync(principal));
    }

    private static async Task<bool> IsSignedInAsync(HttpClient browser)
    {
        using var answer = await browser.GetAsync("/account/manage", TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Found, $"{answer.StatusCode}");
        return answer.StatusCode == HttpStatusCode.OK;
    }

    private static async Task<string> TokenAsync(HttpClient browser) =>
        (await browser.OpenAsync("/account/manage"))
            .QuerySelector("[name=__RequestVerificationToken]")!
            .GetAttribute("value")!;

    private static Task<HttpResponseMessage> PostLogOutAsync(HttpClient browser, string token) =>
        browser.PostAsync(
            "/account/logout",
            new FormUrlEncodedContent([new("__RequestVerificationToken", token)]),
            TestContext.Current.CancellationToken
        );

    private Task<bool> IsAliveAsync(ClaimsPrincipal principal) =>
        hub
            .Host.Services.GetRequiredService<SessionCheck>()
            .IsAliveAsync(principal, mayHaveChanged: false, TestContext.Current.CancellationToken);
}
