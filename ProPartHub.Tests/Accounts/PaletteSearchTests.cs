using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Rights;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.Accounts;

/// <summary>What the palette asks over HTTP: for whom, how much, how often, and whatever else is sent there.</summary>
public sealed class PaletteSearchTests(AccountHub hub) : IClassFixture<AccountHub>
{
    private const string Password = AccountHub.Password;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Visitor_IsRefused_WithoutBeingLedToALogInPage()
    {
        using var visitor = hub.Host.NewBrowser();
        using var answer = await AskAsync(visitor, new { text = "олена" });

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Agent_FindsOwnLeads_AndNobodyElsesNorPeople()
    {
        var own = await LeadOfAsync(await hub.Host.AddUserAsync("finder", Password), "Знайдена", 1);
        await LeadOfAsync(await hub.Host.AddUserAsync("neighbour", Password), "Знайдена сусідом", 2);
        using var browser = await hub.Host.SignInAsync("finder", Password);
        using var answer = await AskAsync(browser, new { text = "знайд" });

        Assert.True(answer.Headers.CacheControl!.NoStore);
        var found = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        var lead = Assert.Single(found.GetProperty("leads").EnumerateArray());
        Assert.Equal($"/leads/{own}", lead.GetProperty("href").GetString());
        var pieces = lead.GetProperty("title").EnumerateArray().ToList();
        Assert.Equal("Знайд", pieces[0].GetProperty("text").GetString());
        Assert.True(pieces[0].GetProperty("isFound").GetBoolean());
        Assert.Empty(found.GetProperty("people").EnumerateArray());
    }

    [Fact]
    public async Task RecentLeads_AreAskedById_AndOthersAreLeftOut()
    {
        var own = await LeadOfAsync(await hub.Host.AddUserAsync("recent", Password), "Перша", 3);
        var second = await LeadOfAsync(await hub.Host.AddUserAsync("recent-other", Password), "Чужа", 4);
        using var browser = await hub.Host.SignInAsync("recent", Password);
        using var answer = await AskAsync(browser, new { recent = new[] { second, own, Guid.CreateVersion7() } });

        var found = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal(
            [$"/leads/{own}"],
            found.GetProperty("leads").EnumerateArray().Select(lead => lead.GetProperty("href").GetString())
        );
    }

    [Fact]
    public async Task Admin_FindsPeople_ByNameOfTheOtherLayoutToo()
    {
        await hub.Host.AddUserAsync("finding-boss", Password, Role.Admin);
        var person = await hub.Host.AddUserAsync("zenoviy", Password, change: user => user.DisplayName = "Зеновій");
        using var browser = await hub.Host.SignInAsync("finding-boss", Password);
        foreach (var typed in new[] { "зено", "ptyj", "zenoviy" })
        {
            using var answer = await AskAsync(browser, new { text = typed });
            var found = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
            var hit = Assert.Single(found.GetProperty("people").EnumerateArray());
            Assert.Equal($"/admin/people/{person.Id}", hit.GetProperty("href").GetString());
        }
    }

    [Fact]
    public async Task Limit_IsTold_AndIsEachPersonsOwn()
    {
        await hub.Host.AddUserAsync("hasty", Password);
        await hub.Host.AddUserAsync("calm", Password);
        using var hasty = await hub.Host.SignInAsync("hasty", Password);
        using var calm = await hub.Host.SignInAsync("calm", Password);
        for (var asked = 0; asked < ActLimits.FindsAMinute; asked++)
        {
            using var fine = await AskAsync(hasty, new { text = "о" });
            Assert.Equal(HttpStatusCode.OK, fine.StatusCode);
        }

        using var refused = await AskAsync(hasty, new { text = "о" });
        using var other = await AskAsync(calm, new { text = "о" });

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task AnythingElse_IsAnsweredOrRefused_AndNeverAFault()
    {
        await hub.Host.AddUserAsync("palette-fuzz", Password, Role.Admin);
        using var browser = await hub.Host.SignInAsync("palette-fuzz", Password);
        foreach (var text in HostileInput.Texts)
        {
            var bodies = new[]
            {
                JsonSerializer.Serialize(new { text }),
                JsonSerializer.Serialize(new { recent = text }),
                text,
            };
            foreach (var body in bodies)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/palette")
                {
                    Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
                };

                // Asks before it sends: whoever writes on while a body too long is refused finds the line cut, not the answer.
                request.Headers.ExpectContinue = true;
                using var answer = await browser.SendAsync(request, Token);
                Assert.True((int)answer.StatusCode < 500, $"{answer.StatusCode}: {body[..Math.Min(40, body.Length)]}");
            }
        }
    }

    [Theory]
    [InlineData(Role.Agent)]
    [InlineData(Role.Manager)]
    [InlineData(Role.Admin)]
    public async Task EveryPageThatItOffers_Opens_AndNoOther(Role role)
    {
        await hub.Host.AddUserAsync($"palette-{role}", Password, role);
        using var browser = await hub.Host.SignInAsync($"palette-{role}", Password);
        var page = await browser.OpenAsync("/account/manage");
        var offered = page.QuerySelectorAll("#palette [data-words]")
            .Select(option => option.GetAttribute("href"))
            .OfType<string>()
            .ToList();
        Assert.Contains("/leads", offered);

        foreach (
            var href in ProPartHub.Web.Components.Palette.Commands.All.Select(command => command.Href).OfType<string>()
        )
        {
            using var answer = await browser.GetAsync(href, Token);
            Assert.Equal(offered.Contains(href), answer.StatusCode is HttpStatusCode.OK);
        }
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient browser, object question) =>
        browser.PostAsJsonAsync("/palette", question, Token);

    private async Task<Guid> LeadOfAsync(HubUser agent, string name, int number)
    {
        await using var scope = hub.Host.Services.CreateAsyncScope();
        var lead = await scope
            .ServiceProvider.GetRequiredService<LeadService>()
            .CreateAsync(agent.ToActor("test"), HubBed.Input(number) with { ClientName = name }, null, Token);
        return lead.Id;
    }
}
