using System.Net;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

namespace ProPartHub.Tests.Accounts;

/// <summary>Log-in at an identity provider, over real HTTP from the button to the session.</summary>
public sealed class SingleSignOnTests : IAsyncLifetime
{
    private const string Password = AccountHub.Password;

    private OpenIdProvider _provider = null!;
    private TestDatabase _database = null!;
    private HubHost _hub = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _provider = await OpenIdProvider.StartAsync();
        _database = await TestDatabase.CreateAsync(Token);
        _hub = await HubHost.StartAsync(
            _database.ConnectionString,
            new HubHostOptions
            {
                Environment = "Production",
                Settings = new Dictionary<string, string?>
                {
                    ["SingleSignOn:Authority"] = _provider.Authority,
                    ["SingleSignOn:ClientId"] = OpenIdProvider.ClientId,
                    ["SingleSignOn:ClientSecret"] = OpenIdProvider.ClientSecret,
                    ["SingleSignOn:Label"] = "Office",
                },
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _database.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task VerifiedMail_OpensItsAccount_AndLaterTheSubjectAloneDoes()
    {
        var user = await _hub.AddUserAsync("office", Password);
        _provider.Say("subject-1", user.Email!, isVerified: true);
        Assert.Equal("/leads?view=pool", await GoAsync("/leads?view=pool"));

        _provider.Say("subject-1", "another@elsewhere.example", isVerified: false);
        Assert.Equal("/leads", await GoAsync("/leads"));

        // Whoever gets hold of the address later, under another subject, does not get the account.
        _provider.Say("subject-2", user.Email!, isVerified: true);
        Assert.StartsWith("/account/login?sso=unknown", await GoAsync("/leads"), StringComparison.Ordinal);
        Assert.Single(await EventsAsync(SecurityEventKind.SingleSignOnLinked));
    }

    [Theory]
    [InlineData("stranger@example.com", true)]
    [InlineData("unverified@people.example.com", false)]
    public async Task MailThatIsUnknownOrUnverified_OpensNothing(string mail, bool isVerified)
    {
        await _hub.AddUserAsync("unverified", Password);
        _provider.Say("subject-9", mail, isVerified);

        Assert.StartsWith("/account/login?sso=unknown", await GoAsync("/leads"), StringComparison.Ordinal);
        Assert.Equal(
            "no account for single sign-on",
            Assert.Single(await EventsAsync(SecurityEventKind.LogInFailed)).Details["reason"]
        );
    }

    [Fact]
    public async Task ClosedAccount_StaysClosed()
    {
        var user = await _hub.AddUserAsync("closed", Password, change: row => row.IsActive = false);
        _provider.Say("subject-3", user.Email!, isVerified: true);

        Assert.StartsWith("/account/login?sso=unknown", await GoAsync("/leads"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswerWithoutTheAskersCookies_IsRefused()
    {
        var user = await _hub.AddUserAsync("lured", Password);
        _provider.Say("subject-4", user.Email!, isVerified: true);
        using var thief = _hub.NewBrowser();
        using var victim = _hub.NewBrowser();
        var callback = await CallbackAsync(thief, "/leads");

        using var answer = await victim.GetAsync(callback, Token);

        Assert.Equal("/account/login?sso=failed", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task ForeignAddressToReturnTo_IsNotFollowed()
    {
        var user = await _hub.AddUserAsync("returning", Password);
        _provider.Say("subject-5", user.Email!, isVerified: true);

        Assert.Equal("/", await GoAsync("https://evil.example/"));
    }

    [Fact]
    public async Task LogInPage_OffersIt()
    {
        using var browser = _hub.NewBrowser();

        var page = await browser.OpenAsync("/account/login?returnUrl=%2Fboard");

        var link = page.QuerySelector(".account-sso")!;
        Assert.Contains("Office", link.TextContent, StringComparison.Ordinal);
        Assert.Equal("/account/sso?returnUrl=%2Fboard", link.GetAttribute("href"));
    }

    private static async Task<Uri> FollowAsync(HttpClient browser, Uri address)
    {
        using var answer = await browser.GetAsync(address, Token);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return new Uri(new Uri(browser.BaseAddress!, address), answer.Headers.Location!);
    }

    private static async Task<Uri> CallbackAsync(HttpClient browser, string returnUrl)
    {
        var start = new Uri($"/account/sso?returnUrl={Uri.EscapeDataString(returnUrl)}", UriKind.Relative);
        return await FollowAsync(browser, await FollowAsync(browser, start));
    }

    // From the button to where the browser ends up.
    private async Task<string> GoAsync(string returnUrl)
    {
        using var browser = _hub.NewBrowser();
        var finish = await FollowAsync(browser, await CallbackAsync(browser, returnUrl));
        return (await FollowAsync(browser, finish)).PathAndQuery;
    }

    private async Task<List<SecurityEvent>> EventsAsync(SecurityEventKind kind)
    {
        await using var db = await _hub.Database.ReadAsync(Token);
        return await db.SecurityEvents.Where(entry => entry.Kind == kind).ToListAsync(Token);
    }
}
