using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Accounts;

/// <summary>A portal in Development, over plain HTTP as a developer runs it.</summary>
public sealed class DevelopmentHub : AccountHub
{
    protected override HubHostOptions Options => base.Options with { Environment = "Development" };
}

public sealed class DemoPeopleTests(DevelopmentHub development, AccountHub production)
    : IClassFixture<DevelopmentHub>,
        IClassFixture<AccountHub>
{
    [Fact]
    public async Task Button_SignsInAsThePerson()
    {
        using var browser = development.Host.NewBrowser();

        using var answer = await EnterAsync(browser, DemoPeople.Agents[0]);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var page = await browser.OpenAsync("/account/manage");
        Assert.Equal("olena", page.QuerySelector("[name=UserName]")!.GetAttribute("value"));
        Assert.Null(page.QuerySelector("[type=password]"));
        Assert.Equal("demo button", (await development.EventsAsync(DemoPeople.Agents[0]))[^1].Details["by"]);
    }

    [Fact]
    public async Task Seed_TwoTeamsOfFourAgentsAndAManager_AndAnAdmin_NobodyWithAPassword()
    {
        await development
            .Host.Services.GetRequiredService<DemoPeople>()
            .SeedAsync(TestContext.Current.CancellationToken);

        await using var db = await development.Host.Database.ReadAsync(TestContext.Current.CancellationToken);
        var people = await db.Users.Where(user => user.IsDemo).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(11, people.Count);
        Assert.All(people, person => Assert.Null(person.PasswordHash));
        Assert.Single(people, person => person.Role == Role.Admin);
        Assert.All(
            people.Where(person => person.TeamId is not null).GroupBy(person => person.TeamId),
            team =>
                Assert.Equal(
                    [Role.Manager, Role.Agent, Role.Agent, Role.Agent, Role.Agent],
                    team.Select(person => person.Role).OrderDescending()
                )
        );
    }

    [Fact]
    public async Task Button_ForARealAccount_IsNotFound()
    {
        var real = await development.Host.AddUserAsync("real", AccountHub.Password);
        using var browser = development.Host.NewBrowser();

        using var answer = await EnterAsync(browser, real.Id);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(await development.EventsAsync(real.Id));
    }

    [Fact]
    public async Task Button_WithoutAntiforgeryToken_IsRefused()
    {
        using var browser = development.Host.NewBrowser();

        using var answer = await PostAsync(browser, DemoPeople.Agents[0], token: "");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task OutsideDevelopment_NeitherPeopleNorPanelNorEndpointExist()
    {
        var demo = production.Host.Services.GetRequiredService<DemoPeople>();
        Assert.Empty(await demo.ListAsync(TestContext.Current.CancellationToken));
        // A database that was used in Development before: the people are there, the way in is not.
        await demo.SeedAsync(TestContext.Current.CancellationToken);
        await production.Host.AddUserAsync("insider", AccountHub.Password);
        using var browser = await production.Host.SignInAsync("insider", AccountHub.Password);
        using var visitor = production.Host.NewBrowser();

        var page = await visitor.OpenAsync("/account/login");
        var token = (await browser.OpenAsync("/account/manage"))
            .QuerySelector("[name=__RequestVerificationToken]")!
            .GetAttribute("value")!;
        using var answer = await PostAsync(browser, DemoPeople.Agents[0], token);

        Assert.Null(page.QuerySelector(".demo-panel"));
        // The page for unknown addresses matches, for GET alone.
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain(
            production.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>(),
            endpoint => endpoint.RoutePattern.RawText?.Contains("demo", StringComparison.OrdinalIgnoreCase) == true
        );
        Assert.DoesNotContain(
            await production.EventsAsync(DemoPeople.Agents[0]),
            entry => entry.Kind == SecurityEventKind.LoggedIn
        );
    }

    private static Task<HttpResponseMessage> EnterAsync(HttpClient browser, Guid person) =>
        browser.SubmitAsync("/account/login", "/account/demo", ("person", person.ToString()));

    private static Task<HttpResponseMessage> PostAsync(HttpClient browser, Guid person, string token) =>
        browser.PostAsync(
            "/account/demo",
            new FormUrlEncodedContent([new("person", person.ToString()), new("__RequestVerificationToken", token)]),
            TestContext.Current.CancellationToken
        );
}
