using System.Net;
using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Domain.People.Sessions;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Account;
using Xunit;

namespace ProPartHub.Tests.Accounts;

/// <summary>What an admin takes away is gone from open sessions too: from cookies and from circuits.</summary>
public sealed class PeopleSessionTests(AccountHub hub) : IClassFixture<AccountHub>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("role")]
    [InlineData("lock")]
    [InlineData("off")]
    [InlineData("sessions")]
    [InlineData("link")]
    public async Task TakenAwayByAnAdmin_EndsCookieAndCircuit(string act)
    {
        var admin = await hub.Host.AddUserAsync($"chief-{act}", AccountHub.Password, Role.Admin);
        var user = await hub.Host.AddUserAsync($"former-{act}", AccountHub.Password, Role.Admin);
        using var browser = await hub.Host.SignInAsync(user.UserName!, AccountHub.Password);
        var principal = await hub.Host.StartSessionAsync(user);
        Assert.True(await AliveAsync(principal));

        await ActAsync(act, admin.ToActor("test"), user);

        // At once, not at the next minute's question.
        Assert.False(await AliveAsync(principal));
        await WaitUntilAsync(() => hub.Host.Services.GetRequiredService<SessionEnds>().IsRecent(user.Id));
        using var page = await browser.GetAsync("/admin/people", Token);
        Assert.Equal(HttpStatusCode.Found, page.StatusCode);
        Assert.Contains("/account/login", page.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.Agent, "/admin/people", false)]
    [InlineData(Role.Agent, "/admin/sync", false)]
    [InlineData(Role.Manager, "/admin/people", true)]
    [InlineData(Role.Manager, "/admin/people/new", false)]
    [InlineData(Role.Manager, "/admin/people/00000000-0000-7000-8000-000000000001", false)]
    [InlineData(Role.Manager, "/admin/sync", false)]
    [InlineData(Role.Admin, "/admin/people/new", true)]
    [InlineData(Role.Admin, "/admin/sync", true)]
    public async Task Page_OpensForItsRolesAlone(Role role, string address, bool opens)
    {
        var name = $"{role}{address.Length}{address[^1]}";
        await hub.Host.AddUserAsync(name, AccountHub.Password, role);
        using var browser = await hub.Host.SignInAsync(name, AccountHub.Password);

        using var page = await browser.GetAsync(address, Token);

        Assert.Equal(opens ? HttpStatusCode.OK : HttpStatusCode.Found, page.StatusCode);
        if (!opens)
        {
            Assert.Contains("/account/denied", page.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
    }

    private static async Task WaitUntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            await Task.Delay(10, Token);
        }
    }

    private Task<bool> AliveAsync(ClaimsPrincipal principal) =>
        hub.Host.Services.GetRequiredService<SessionCheck>().IsAliveAsync(principal, mayHaveChanged: false, Token);

    private async Task ActAsync(string act, Actor admin, HubUser user)
    {
        var people = hub.Host.Services.GetRequiredService<PeopleAdmin>();
        var input = new PersonInput(
            user.UserName!,
            user.DisplayName,
            user.Email!,
            Role.Agent,
            null,
            $"Team of {user.UserName}",
            "en"
        );
        await (
            act switch
            {
                "role" => people.ChangeAsync(admin, user.Id, input, Token),
                "lock" => people.LockAsync(admin, user.Id, Token),
                "off" => people.SwitchOffAsync(admin, user.Id, Token),
                "sessions" => people.EndSessionsAsync(admin, user.Id, Token),
                _ => (Task)hub.Host.Services.GetRequiredService<PeopleInvitation>().NewLinkAsync(admin, user.Id, Token),
            }
        );
    }
}
