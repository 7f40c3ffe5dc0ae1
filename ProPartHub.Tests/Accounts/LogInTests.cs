using System.Net;
using System.Text.RegularExpressions;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Accounts;

public sealed partial class LogInTests(AccountHub hub) : IClassFixture<AccountHub>
{
    private const string Password = AccountHub.Password;

    [Theory]
    [InlineData("byname", "byname")]
    [InlineData("bycase", " ByCASE ")]
    [InlineData("bymail", "ByMail@People.Example.COM")]
    public async Task RightPassword_ByNameOrMailInAnyCase_SignsIn(string userName, string typed)
    {
        var user = await hub.Host.AddUserAsync(userName, Password);

        using var browser = hub.Host.NewBrowser();
        using var answer = await browser.LogInAsync(typed, Password, "?returnUrl=%2Faccount%2Fmanage");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/account/manage", answer.Headers.Location!.PathAndQuery);
        var page = await browser.OpenAsync("/account/manage");
        Assert.Equal($"Name of {userName}", page.QuerySelector("[name='Profile.DisplayName']")!.GetAttribute("value"));
        var recorded = Assert.Single(await hub.EventsAsync(user.Id));
        Assert.Equal(SecurityEventKind.LoggedIn, recorded.Kind);
        Assert.Equal("127.0.0.1", recorded.Address);
        Assert.NotNull((await hub.ReadAsync(user.Id)).LastLoginAt);
    }

    [Theory]
    [InlineData("/account/login", HttpStatusCode.OK, null)]
    [InlineData("/leads", HttpStatusCode.Found, "/account/login")]
    public async Task Head_AnswersAsGetDoes(string path, HttpStatusCode status, string? location)
    {
        using var browser = hub.Host.NewBrowser();
        using var answer = await browser.SendAsync(
            new HttpRequestMessage(HttpMethod.Head, path),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(location, answer.Headers.Location?.AbsolutePath);
    }

    [Fact]
    public async Task EveryRefusal_LooksTheSame_AndIsRecordedWithItsReason()
    {
        var wrong = await hub.Host.AddUserAsync("wrong", Password);
        var locked = await hub.Host.AddUserAsync(
            "locked",
            Password,
            change: user => user.LockoutEnd = hub.Time.GetUtcNow().AddMinutes(5)
        );
        var off = await hub.Host.AddUserAsync("switchedoff", Password, change: user => user.IsActive = false);
        var open = await hub.Host.AddUserAsync("nopassword", Password, change: user => user.PasswordHash = null);

        var pages = new[]
        {
            await RefusedAsync("wrong", "another password!"),
            await RefusedAsync("locked", Password),
            await RefusedAsync("switchedoff", Password),
            await RefusedAsync("nopassword", Password),
            await RefusedAsync("nobody-at-all", Password),
            await RefusedAsync("nobody@people.example.com", Password),
        };

        Assert.Single(pages.Distinct());
        Assert.Equal("wrong password", await ReasonAsync(wrong.Id));
        Assert.Equal("account locked", await ReasonAsync(locked.Id));
        Assert.Equal("account switched off", await ReasonAsync(off.Id));
        Assert.Equal("account without password", await ReasonAsync(open.Id));
        var unknown = Assert.Single(await hub.EventsAsync(entry => entry.ActorName == "nobody-at-all"));
        Assert.Equal("unknown account", unknown.Details["reason"]);
        Assert.Null(unknown.UserId);
    }

    [Fact]
    public async Task FiveWrongPasswords_LockTheAccountForHalfAnHour()
    {
        var user = await hub.Host.AddUserAsync("locking", Password);
        using var browser = hub.Host.NewBrowser();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var wrong = await browser.LogInAsync("locking", "another password!");
            Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        }

        hub.Time.Advance(TimeSpan.FromMinutes(29));
        using var early = await browser.LogInAsync("locking", Password);
        Assert.Equal(HttpStatusCode.OK, early.StatusCode);
        hub.Time.Advance(TimeSpan.FromMinutes(1));
        using var late = await browser.LogInAsync("locking", Password);

        Assert.Equal(HttpStatusCode.Found, late.StatusCode);
        Assert.Equal(
            [
                .. Enumerable.Repeat(SecurityEventKind.LogInFailed, 5),
                SecurityEventKind.LockedOut,
                SecurityEventKind.LogInFailed,
                SecurityEventKind.LoggedIn,
            ],
            (await hub.EventsAsync(user.Id)).Select(entry => entry.Kind)
        );
    }

    [Fact]
    public async Task RightPassword_BetweenWrongOnes_StartsTheCountAnew()
    {
        var user = await hub.Host.AddUserAsync("forgetful", Password, change: user => user.AccessFailedCount = 4);

        using var _ = await hub.Host.SignInAsync("forgetful", Password);

        Assert.Equal(0, (await hub.ReadAsync(user.Id)).AccessFailedCount);
    }

    [Fact]
    public async Task WrongPasswords_ArrivingTogether_AreAllCounted()
    {
        var user = await hub.Host.AddUserAsync("raced", Password);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RefusedAsync("raced", "another password!")));

        Assert.Equal(4, (await hub.ReadAsync(user.Id)).AccessFailedCount);
    }

    [Fact]
    public async Task PlainBcryptHash_IsRenewedAtLogIn()
    {
        var old = BCrypt.Net.BCrypt.HashPassword("secret1", 4);
        var user = await hub.Host.AddUserAsync("veteran", Password, change: user => user.PasswordHash = old);

        using var _ = await hub.Host.SignInAsync("veteran", "secret1");

        Assert.StartsWith("$pp1$", (await hub.ReadAsync(user.Id)).PasswordHash, StringComparison.Ordinal);
        using var again = await hub.Host.SignInAsync("veteran", "secret1");
    }

    [Theory]
    [InlineData("<script>alert(1)</script>\"'><img src=x onerror=alert(1)>")]
    [InlineData("'; DROP TABLE users; --")]
    [InlineData("Їжак 🦔👩‍👩‍👧 ᾴ")]
    [InlineData("\u202Eשלום مرحبا")]
    public async Task StrangeName_IsKeptAsPlainText(string name)
    {
        using var browser = hub.Host.NewBrowser();
        using var answer = await browser.LogInAsync(name, Password);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.Equal(name, page.QuerySelector("[name='Form.Name']")!.GetAttribute("value"));
        Assert.False(page.QuerySelector("[name='Form.Password']")!.HasAttribute("value"));
        Assert.Empty(page.QuerySelectorAll("main script:not([src]), main img"));
        Assert.Single(await hub.EventsAsync(entry => entry.ActorName == name));
    }

    [Fact]
    public async Task ControlCharactersAndEndlessName_AreCleanedBeforeTheyAreStored()
    {
        var name = "escape\u001Bline\nbreak" + new string('x', 5000);
        using var browser = hub.Host.NewBrowser();
        using var answer = await browser.LogInAsync(name, Password);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var recorded = Assert.Single(await hub.EventsAsync(entry => entry.ActorName!.StartsWith("escapeline")));
        Assert.Equal(256, recorded.ActorName!.Length);
    }

    [Fact]
    public async Task ZeroCharacter_WhichTheDatabaseCannotStore_IsABadRequest()
    {
        using var browser = hub.Host.NewBrowser();
        using var answer = await browser.LogInAsync("zero\0", Password);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task EmptyFields_AreNamedAtTheField_InTheLanguageChosen()
    {
        using var browser = hub.Host.NewBrowser();
        using var ukrainian = await browser.LogInAsync("", "");
        using var choice = await browser.GetAsync("/culture?c=en", TestContext.Current.CancellationToken);
        using var english = await browser.LogInAsync("", "");

        Assert.Equal(["Заповніть це поле.", "Заповніть це поле."], await MessagesAsync(ukrainian));
        Assert.Equal(["Please fill this in.", "Please fill this in."], await MessagesAsync(english));
    }

    [Fact]
    public async Task Post_WithoutAntiforgeryToken_Is400()
    {
        using var browser = hub.Host.NewBrowser();
        using var answer = await browser.PostAsync(
            "/account/login",
            new FormUrlEncodedContent([
                new("_handler", "log-in"),
                new("Form.Name", "wrong"),
                new("Form.Password", Password),
            ]),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example.com/")]
    [InlineData("//evil.example.com")]
    [InlineData("/\\evil.example.com")]
    [InlineData("~/leads")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example.com")]
    [InlineData("/.//evil.example.com")]
    public async Task ReturnUrl_ToElsewhere_IsRefused(string returnUrl)
    {
        var name = $"traveller{Math.Abs(returnUrl.GetHashCode(StringComparison.Ordinal))}";
        await hub.Host.AddUserAsync(name, Password);
        using var browser = hub.Host.NewBrowser();

        using var answer = await browser.LogInAsync(name, Password, $"?returnUrl={Uri.EscapeDataString(returnUrl)}");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(hub.Host.BaseAddress, new Uri(hub.Host.BaseAddress, answer.Headers.Location!));
    }

    [Fact]
    public async Task ReturnUrl_TypedInOnesOwnLetters_IsFollowed()
    {
        await hub.Host.AddUserAsync("typist", Password);
        using var browser = hub.Host.NewBrowser();

        using var answer = await browser.LogInAsync(
            "typist",
            Password,
            $"?returnUrl={Uri.EscapeDataString("/leads?country=Оман&q=50%25")}"
        );

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(
            "/leads?country=%D0%9E%D0%BC%D0%B0%D0%BD&q=50%25",
            new Uri(hub.Host.BaseAddress, answer.Headers.Location!).PathAndQuery
        );
    }

    [Theory]
    [InlineData("/leads")]
    [InlineData("/leads?status=new&page=2")]
    [InlineData("/no/such/page")]
    [InlineData("/account/manage")]
    public async Task Visitor_IsSentToLogInAndBack(string path)
    {
        using var browser = hub.Host.NewBrowser();
        using var answer = await browser.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal($"/account/login?returnUrl={Uri.EscapeDataString(path)}", answer.Headers.Location!.PathAndQuery);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/account/login")]
    [InlineData("/css/theme.css")]
    [InlineData("/favicon.svg")]
    public async Task Visitor_ReachesWhatIsPublic(string path)
    {
        using var browser = hub.Host.NewBrowser();
        using var answer = await browser.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task<string> RefusedAsync(string name, string password)
    {
        using var browser = hub.Host.NewBrowser();
        using var answer = await browser.LogInAsync(name, password);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return Changing().Replace(html.Replace($"value=\"{name}\"", "", StringComparison.Ordinal), "");
    }

    private async Task<string?> ReasonAsync(Guid userId)
    {
        var entry = Assert.Single(await hub.EventsAsync(userId));
        Assert.Equal(SecurityEventKind.LogInFailed, entry.Kind);
        return entry.Details["reason"];
    }

    private static async Task<IEnumerable<string>> MessagesAsync(HttpResponseMessage answer) =>
        (await answer.PageAsync()).QuerySelectorAll(".field-error").Select(message => message.TextContent);

    // What differs between any two answers: the antiforgery token and the encrypted state of components.
    [GeneratedRegex(@"name=""__RequestVerificationToken"" value=""[^""]*""|<!--Blazor-Server-Component-State:[^>]*-->")]
    private static partial Regex Changing();
}
