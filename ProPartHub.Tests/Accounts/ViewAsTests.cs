using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Domain.People.Sessions;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Accounts;

/// <summary>An admin looks through an agent's eyes over real HTTP: sees that role's pages, changes nothing, comes back.</summary>
public sealed class ViewAsTests(AccountHub hub) : IClassFixture<AccountHub>
{
    private const string Password = AccountHub.Password;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Look_HasTheRoleOfTheOther_AndEndsWhereItBegan()
    {
        var (admin, agent) = await PeopleAsync("look");
        using var browser = await hub.Host.SignInAsync(admin.UserName!, Password);

        Assert.Equal("/", await PostAsync(browser, "/account/view-as", ("person", agent.Id.ToString())));

        Assert.Equal(HttpStatusCode.Found, await StatusAsync(browser, "/admin/people/new"));
        Assert.Equal(HttpStatusCode.Found, await StatusAsync(browser, "/account/security"));
        var page = await browser.OpenAsync("/leads");
        Assert.Contains(agent.DisplayName, page.QuerySelector(".view-banner")!.TextContent, StringComparison.Ordinal);

        // The claims are read anew once a minute: the look has to outlive that.
        hub.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.NotNull((await browser.OpenAsync("/leads")).QuerySelector(".view-banner"));

        Assert.Equal($"/admin/people/{agent.Id}", await PostAsync(browser, "/account/view-as/end"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, "/admin/people/new"));
        Assert.Equal(
            ["begun", "ended"],
            (await hub.EventsAsync(agent.Id))
                .Where(entry => entry.Kind is SecurityEventKind.ViewedAs && entry.ActorId == admin.Id)
                .Select(entry => entry.Details["look"])
        );
    }

    [Fact]
    public async Task Look_EndsAfterAnHour_AndWithTheAdminsSession()
    {
        var (admin, agent) = await PeopleAsync("brief");
        using var first = await hub.Host.SignInAsync(admin.UserName!, Password);
        using var second = await hub.Host.SignInAsync(admin.UserName!, Password);
        await PostAsync(first, "/account/view-as", ("person", agent.Id.ToString()));
        await PostAsync(second, "/account/view-as", ("person", agent.Id.ToString()));

        await hub.Host.Database.InTransactionAsync(
            async (db, token) =>
            {
                var row = await db.Users.FindAsync([admin.Id], token);
                await db.EndSessionsAsync(row!, hub.Time.GetUtcNow(), except: null, token);
            },
            Token
        );
        hub.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Found, await StatusAsync(first, "/leads"));

        using var third = await hub.Host.SignInAsync(admin.UserName!, Password);
        await PostAsync(third, "/account/view-as", ("person", agent.Id.ToString()));
        hub.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(third, "/leads"));
        hub.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(HttpStatusCode.Found, await StatusAsync(third, "/leads"));
    }

    [Fact]
    public async Task OnlyAdminsLook_NeverAtAdmins_AndNotOnFromALook()
    {
        var (admin, agent) = await PeopleAsync("limits");
        var other = await hub.Host.AddUserAsync("limits-admin", Password, Role.Admin);
        using var asAgent = await hub.Host.SignInAsync(agent.UserName!, Password);
        using var asAdmin = await hub.Host.SignInAsync(admin.UserName!, Password);

        Assert.Contains(
            "/account/denied",
            await PostAsync(asAgent, "/account/view-as", ("person", admin.Id.ToString())),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "/account/denied",
            await PostAsync(asAdmin, "/account/view-as", ("person", other.Id.ToString())),
            StringComparison.Ordinal
        );
        await PostAsync(asAdmin, "/account/view-as", ("person", agent.Id.ToString()));
        Assert.Contains(
            "/account/denied",
            await PostAsync(asAdmin, "/account/view-as", ("person", agent.Id.ToString())),
            StringComparison.Ordinal
        );
        using var forged = await asAdmin.PostAsync(
            "/account/view-as",
            new FormUrlEncodedContent([new("person", $"{agent.Id}")]),
            Token
        );
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }

    [Fact]
    public async Task WhoeverLooks_WritesNothing()
    {
        var (admin, agent) = await PeopleAsync("still");
        var looking = agent.ToActor("test") with { ViewerId = admin.Id };
        var own = hub.Host.Services.GetRequiredService<OwnAccount>();

        await Assert.ThrowsAsync<ForbiddenException>(() => own.SaveAsync(looking, new("Another", "uk"), Token));
        await Assert.ThrowsAsync<ForbiddenException>(() =>
            own.ChangePasswordAsync(
                looking,
                new(Password, "п’ять не пов’язаних слів", "п’ять не пов’язаних слів"),
                null,
                Token
            )
        );
        Assert.Equal(agent.DisplayName, (await hub.ReadAsync(agent.Id)).DisplayName);
    }

    private async Task<(HubUser Admin, HubUser Agent)> PeopleAsync(string name) =>
        (
            await hub.Host.AddUserAsync($"{name}-boss", Password, Role.Admin),
            await hub.Host.AddUserAsync($"{name}-agent", Password)
        );

    private static async Task<HttpStatusCode> StatusAsync(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(path, Token);
        return answer.StatusCode;
    }

    // Any page with a form has a token that fits.
    private static async Task<string> PostAsync(
        HttpClient browser,
        string path,
        params (string Name, string Value)[] fields
    )
    {
        var page = await browser.OpenAsync("/leads");
        var token = page.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var answer = await browser.PostAsync(
            path,
            new FormUrlEncodedContent([
                new("__RequestVerificationToken", token),
                .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
            ]),
            Token
        );
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return new Uri(browser.BaseAddress!, answer.Headers.Location!).PathAndQuery;
    }
}
