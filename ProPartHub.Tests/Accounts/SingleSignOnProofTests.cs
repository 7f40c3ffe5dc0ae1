using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

namespace ProPartHub.Tests.Accounts;

/// <summary>
/// What guards the account is changed only after a fresh proof, and whoever got in by the office's identity provider proves it
/// there: asked anew, and not by a window that is still open.
/// </summary>
public sealed class SingleSignOnProofTests : IAsyncLifetime
{
    private const string Security = "/account/security";
    private const string Again = $"/account/sso?returnUrl=%2Faccount%2Fsecurity&again=1";
    private const string Unproved = $"{Security}?unproved=1";

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private OpenIdProvider _provider = null!;
    private TestDatabase _database = null!;
    private HubHost? _hub;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _provider = await OpenIdProvider.StartAsync();
        _database = await TestDatabase.CreateAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_hub is not null)
        {
            await _hub.DisposeAsync();
        }

        await _database.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task LogIn_IsNoFreshProof_AndTheProviderIsAskedAnewForOne()
    {
        var (browser, user) = await InAsync();
        Assert.False(_provider.Asked.ContainsKey("prompt") || _provider.Asked.ContainsKey("max_age"));
        Assert.Equal(Again, await AgainAsync(browser));
        Assert.Equal(HttpStatusCode.BadRequest, await PasskeyAsync(browser));

        Say(user, ("auth_time", Seconds(TimeSpan.Zero)));
        Assert.Equal(Security, await GoAsync(browser, Again));

        Assert.Equal(("login", "900"), (_provider.Asked["prompt"], _provider.Asked["max_age"]));
        Assert.Null(await AgainAsync(browser));
        Assert.Equal(HttpStatusCode.OK, await PasskeyAsync(browser));

        _time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(Again, await AgainAsync(browser));
        Assert.Equal(HttpStatusCode.BadRequest, await PasskeyAsync(browser));
    }

    [Fact]
    public async Task Proof_CountsFromWhenItWasGivenThere()
    {
        var (browser, user) = await InAsync();
        Say(user, ("auth_time", Seconds(TimeSpan.FromMinutes(14))));
        Assert.Equal(Security, await GoAsync(browser, Again));
        Assert.Null(await AgainAsync(browser));

        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(Again, await AgainAsync(browser));
    }

    [Theory]
    [InlineData("stale", "single sign-on too long ago")]
    [InlineData("missing", "single sign-on without a time")]
    [InlineData("words", "single sign-on without a time")]
    [InlineData("ahead", "single sign-on without a time")]
    [InlineData("endless", "single sign-on without a time")]
    public async Task AnswerWithoutAFreshTime_ProvesNothing_AndLeavesThePersonIn(string time, string reason)
    {
        var (browser, user) = await InAsync();
        object? said = time switch
        {
            "stale" => Seconds(TimeSpan.FromMinutes(16)),
            "words" => "yesterday",
            "ahead" => Seconds(TimeSpan.FromMinutes(-5)),
            "endless" => long.MaxValue,
            _ => null,
        };
        Say(user, said is null ? [] : [("auth_time", said)]);

        Assert.Equal(Unproved, await GoAsync(browser, Again));

        Assert.Equal(Again, await AgainAsync(browser, Unproved));
        Assert.Equal(HttpStatusCode.BadRequest, await PasskeyAsync(browser));
        var entry = Assert.Single(await FailuresAsync());
        Assert.Equal((user.Id, user.Id, reason), (entry.UserId, entry.ActorId, entry.Details["reason"]));
    }

    [Fact]
    public async Task SomebodyElsesProof_IsNone()
    {
        var (browser, user) = await InAsync();
        var other = await _hub!.AddUserAsync("colleague", AccountHub.Password);
        _provider.Say("subject-2", other.Email!, isVerified: true, ("auth_time", Seconds(TimeSpan.Zero)));

        Assert.Equal(Unproved, await GoAsync(browser, Again));

        Assert.Equal("single sign-on as somebody else", Assert.Single(await FailuresAsync()).Details["reason"]);
        Assert.Contains(
            user.DisplayName,
            (await browser.OpenAsync("/account/manage")).DocumentElement.OuterHtml,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task WhoeverBreaksOff_StaysInAndHasProvedNothing()
    {
        var (browser, _) = await InAsync();
        _provider.IsCancelled = true;

        var callback = await FollowAsync(browser, await FollowAsync(browser, Again));

        Assert.Equal(Unproved, await FollowAsync(browser, callback));
        Assert.Equal(Again, await AgainAsync(browser, Unproved));
    }

    [Fact]
    public async Task FreshTimeOfTheLogInItself_IsProofEnough()
    {
        var (browser, _) = await InAsync(("auth_time", Seconds(TimeSpan.FromMinutes(1))));

        Assert.Null(await AgainAsync(browser));
    }

    [Fact]
    public async Task WhoeverGotInByPassword_ProvesItByPassword()
    {
        await StartAsync();
        await _hub!.AddUserAsync("typist", AccountHub.Password);
        using var browser = await _hub.SignInAsync("typist", AccountHub.Password);
        Assert.Null(await AgainAsync(browser));

        _time.Advance(TimeSpan.FromMinutes(16));

        Assert.Equal("/account/login?returnUrl=%2Faccount%2Fsecurity&again=1", await AgainAsync(browser));
    }

    [Theory]
    [InlineData("phr", true)]
    [InlineData("phrh", true)]
    [InlineData("PHR", false)]
    [InlineData("pwd", false)]
    [InlineData(null, false)]
    public async Task StrengthThatTheOfficeAsks_IsAskedFor_AndChecked(string? acr, bool isEnough)
    {
        await StartAsync("phr  phrh");
        var user = await _hub!.AddUserAsync("strong", AccountHub.Password);
        Say(user, acr is null ? [] : [("acr", acr)]);
        using var browser = _hub.NewBrowser();

        Assert.Equal(
            isEnough ? "/leads" : "/account/login?sso=weak",
            await GoAsync(browser, "/account/sso?returnUrl=%2Fleads")
        );

        Assert.Equal("phr phrh", _provider.Asked["acr_values"]);
        await using var db = await _hub.Database.ReadAsync(Token);
        Assert.Equal(isEnough, await db.UserLogins.AnyAsync(login => login.UserId == user.Id, Token));
        if (!isEnough)
        {
            Assert.Equal("single sign-on not strong enough", Assert.Single(await FailuresAsync()).Details["reason"]);
            Assert.NotNull((await browser.OpenAsync("/account/login?sso=weak")).QuerySelector("[role=alert]"));
        }
    }

    [Fact]
    public async Task WeakerAnswerToTheQuestionForAFreshProof_ProvesNothing()
    {
        await StartAsync("phr");
        var (browser, user) = await InAsync(("acr", "phr"));
        Say(user, ("acr", "pwd"), ("auth_time", Seconds(TimeSpan.Zero)));

        Assert.Equal(Unproved, await GoAsync(browser, Again));

        Assert.Equal("single sign-on not strong enough", Assert.Single(await FailuresAsync()).Details["reason"]);
        Assert.Equal(Again, await AgainAsync(browser, Unproved));
    }

    private async Task StartAsync(string? acrValues = null) =>
        _hub = await HubHost.StartAsync(
            _database.ConnectionString,
            new HubHostOptions
            {
                Environment = "Production",
                Time = _time,
                Settings = new Dictionary<string, string?>
                {
                    ["SingleSignOn:Authority"] = _provider.Authority,
                    ["SingleSignOn:ClientId"] = OpenIdProvider.ClientId,
                    ["SingleSignOn:ClientSecret"] = OpenIdProvider.ClientSecret,
                    ["SingleSignOn:AcrValues"] = acrValues,
                },
            }
        );

    // A person without a password, logged in by the provider.
    private async Task<(HttpClient Browser, HubUser User)> InAsync(params (string, object)[] more)
    {
        if (_hub is null)
        {
            await StartAsync();
        }

        var user = await _hub!.AddUserAsync("office", AccountHub.Password, change: row => row.PasswordHash = null);
        Say(user, more);
        var browser = _hub.NewBrowser();
        Assert.Equal("/leads", await GoAsync(browser, "/account/sso?returnUrl=%2Fleads"));
        return (browser, user);
    }

    private void Say(HubUser user, params (string, object)[] more) =>
        _provider.Say("subject-1", user.Email!, isVerified: true, more);

    private long Seconds(TimeSpan ago) => (_time.GetUtcNow() - ago).ToUnixTimeSeconds();

    // Where the page sends whoever has to prove it anew; null where nobody has to.
    private static async Task<string?> AgainAsync(HttpClient browser, string path = Security)
    {
        var page = await browser.OpenAsync(path);
        Assert.Equal(path == Unproved, page.QuerySelector("[role=alert].message-error:not([hidden])") is not null);
        return page.QuerySelector("a[href*='again=1']")?.GetAttribute("href");
    }

    private static async Task<HttpStatusCode> PasskeyAsync(HttpClient browser)
    {
        var page = await browser.OpenAsync(Security);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/account/passkeys/creation-options");
        request.Headers.Add(
            "RequestVerificationToken",
            page.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")
        );
        using var answer = await browser.SendAsync(request, Token);
        return answer.StatusCode;
    }

    // From the way to the provider to where the browser ends up.
    private static async Task<string> GoAsync(HttpClient browser, string start)
    {
        var callback = await FollowAsync(browser, await FollowAsync(browser, start));
        return await FollowAsync(browser, await FollowAsync(browser, callback));
    }

    private static async Task<string> FollowAsync(HttpClient browser, string address)
    {
        using var answer = await browser.GetAsync(address, Token);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var next = new Uri(new Uri(browser.BaseAddress!, address), answer.Headers.Location!);
        return next.Authority == browser.BaseAddress!.Authority ? next.PathAndQuery : next.AbsoluteUri;
    }

    private async Task<List<SecurityEvent>> FailuresAsync()
    {
        await using var db = await _hub!.Database.ReadAsync(Token);
        return await db.SecurityEvents.Where(row => row.Kind == SecurityEventKind.LogInFailed).ToListAsync(Token);
    }
}
