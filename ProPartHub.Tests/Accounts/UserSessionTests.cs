using System.Net;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Sessions;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Account;
using Xunit;

namespace ProPartHub.Tests.Accounts;

/// <summary>People see on which devices they are logged in, and end what they like, at once.</summary>
public sealed class UserSessionTests(AccountHub hub) : IClassFixture<AccountHub>
{
    private const string Password = AccountHub.Password;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_ShowsEachDevice_AndOneIsEndedWithoutTheOthers()
    {
        var user = await hub.Host.AddUserAsync("twofold", Password);
        using var here = await hub.Host.SignInAsync("twofold", Password);
        using var phone = hub.Host.NewBrowser();
        phone.DefaultRequestHeaders.UserAgent.ParseAdd(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1"
        );
        using var third = await hub.Host.SignInAsync("twofold", Password);
        using (var entered = await phone.LogInAsync("twofold", Password))
        {
            Assert.Equal(HttpStatusCode.Found, entered.StatusCode);
        }

        var page = await here.OpenAsync("/account/security");
        var rows = page.QuerySelectorAll(".sessions li");
        Assert.Equal(3, rows.Length);
        Assert.Single(rows, row => row.QuerySelector(".session-present") is not null);
        var iPhone = rows.Single(row => row.TextContent.Contains("Safari, iPhone", StringComparison.Ordinal));
        var form = iPhone.QuerySelector("[name=_handler]")!.GetAttribute("value")!;

        using var answer = await here.SubmitAsync("/account/security", form);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        await HeardAsync(user.Id);
        Assert.False(await IsInAsync(phone));
        Assert.True(await IsInAsync(here));
        Assert.True(await IsInAsync(third));
        Assert.Equal("one session", (await hub.EventsAsync(user.Id))[^1].Details["scope"]);
    }

    [Fact]
    public async Task EndOthers_LeavesThisOneAlone()
    {
        var user = await hub.Host.AddUserAsync("worried", Password);
        using var here = await hub.Host.SignInAsync("worried", Password);
        using var elsewhere = await hub.Host.SignInAsync("worried", Password);

        using var answer = await here.SubmitAsync("/account/security", "sessions");

        await HeardAsync(user.Id);
        Assert.True(await IsInAsync(here));
        Assert.False(await IsInAsync(elsewhere));
    }

    [Fact]
    public async Task LogOut_EndsTheSessionItself_SoThatACopiedCookieOpensNothing()
    {
        var user = await hub.Host.AddUserAsync("copied", Password);
        var principal = await hub.Host.StartSessionAsync(user);
        var sessions = hub.Host.Services.GetRequiredService<UserSessions>();

        await sessions.EndAsync(user.ToActor("test"), user.Id, principal.SessionId()!.Value, Token);

        Assert.False(
            await hub
                .Host.Services.GetRequiredService<SessionCheck>()
                .IsAliveAsync(principal, mayHaveChanged: true, Token)
        );
    }

    [Fact]
    public async Task OpenCircuit_IsSignedOutTheMomentItsPersonIsSwitchedOff()
    {
        var user = await hub.Host.AddUserAsync("circuit-end", Password);
        await using var scope = hub.Host.Services.CreateAsyncScope();
        var circuit = scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        ((IHostEnvironmentAuthenticationStateProvider)circuit).SetAuthenticationState(
            Task.FromResult(new AuthenticationState(await hub.Host.StartSessionAsync(user)))
        );
        var ended = new TaskCompletionSource();
        circuit.AuthenticationStateChanged += async state =>
        {
            if ((await state).User.Identity?.IsAuthenticated is not true)
            {
                ended.TrySetResult();
            }
        };

        // The clock stands still: nothing but the notification can tell the circuit.
        await hub.Host.Database.InTransactionAsync(
            async (db, token) =>
            {
                var row = await db.Users.FindAsync([user.Id], token);
                row!.IsActive = false;
                await db.EndSessionsAsync(row, hub.Time.GetUtcNow(), except: null, token);
            },
            Token
        );

        await ended.Task.WaitAsync(Token);
    }

    [Fact]
    public async Task SessionsOfOthers_AreForAdminsAlone()
    {
        var user = await hub.Host.AddUserAsync("private", Password);
        var sessions = hub.Host.Services.GetRequiredService<UserSessions>();
        var principal = await hub.Host.StartSessionAsync(user);
        var other = new Actor(Guid.CreateVersion7(), "Other", Role.Manager, null);

        await Assert.ThrowsAsync<ForbiddenException>(() => sessions.ListAsync(other, user.Id, Token));
        await Assert.ThrowsAsync<ForbiddenException>(() =>
            sessions.EndAsync(other, user.Id, principal.SessionId()!.Value, Token)
        );
        Assert.Single(await sessions.ListAsync(other with { Role = Role.Admin }, user.Id, Token));
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows")]
    [InlineData("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome, Android")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) Version/18 Safari/605.1", "Safari, macOS")]
    [InlineData("curl/8.0", null)]
    [InlineData(null, null)]
    public void Device_IsNamedAsPeopleKnowIt(string? userAgent, string? name) =>
        Assert.Equal(name, DeviceName.Of(userAgent));

    private async Task HeardAsync(Guid userId)
    {
        while (!hub.Host.Services.GetRequiredService<SessionEnds>().IsRecent(userId))
        {
            await Task.Delay(10, Token);
        }
    }

    private static async Task<bool> IsInAsync(HttpClient browser)
    {
        using var answer = await browser.GetAsync("/account/manage", Token);
        return answer.StatusCode == HttpStatusCode.OK;
    }
}
