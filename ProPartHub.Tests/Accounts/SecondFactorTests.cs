using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using OtpNet;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Accounts;

/// <summary>The second step of a log-in over real HTTP: set up, asked for, taken once, lost and found again.</summary>
public sealed class SecondFactorTests(SecondFactorTests.StrictHub hub) : IClassFixture<SecondFactorTests.StrictHub>
{
    private const string Password = AccountHub.Password;
    private const string SetUp = "/account/second-factor/setup";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task App_OnceConfirmed_IsAskedForAtEachLogIn_AndEachCodeOpensOnce()
    {
        await hub.Host.AddUserAsync("guarded", Password);
        using var first = await hub.Host.SignInAsync("guarded", Password);
        var (secret, codes) = await ConfirmAsync(first);
        Assert.Equal(10, codes.Count);

        using var browser = hub.Host.NewBrowser();
        var step = await PasswordAsync(browser, "guarded");
        Assert.StartsWith("/account/second-factor", step, StringComparison.Ordinal);
        Assert.False(await IsInAsync(browser));

        hub.Time.Advance(TimeSpan.FromSeconds(30));
        var code = CodeOf(secret);
        Assert.Equal(HttpStatusCode.OK, await CodeAsync(browser, "000000"));
        Assert.Equal(HttpStatusCode.Found, await CodeAsync(browser, code));
        Assert.True(await IsInAsync(browser));

        using var thief = hub.Host.NewBrowser();
        await PasswordAsync(thief, "guarded");
        Assert.Equal(HttpStatusCode.OK, await CodeAsync(thief, code));
        Assert.False(await IsInAsync(thief));
    }

    [Theory]
    [InlineData("/leads?q=%D0%BE%D0%BB%D0%B5%D0%BD%D0%B0%20%26%20co&status=new&status=won&sort=-name")]
    [InlineData("/board?pipeline=1#card")]
    public async Task DeepLink_OpensAfterBothSteps_WithItsWholeQuery(string address)
    {
        var name = $"linked{address.Length}";
        await hub.Host.AddUserAsync(name, Password);
        using var first = await hub.Host.SignInAsync(name, Password);
        var (secret, _) = await ConfirmAsync(first);
        hub.Time.Advance(TimeSpan.FromSeconds(30));

        using var browser = hub.Host.NewBrowser();
        using var sent = await browser.GetAsync(address, Token);
        using var passed = await browser.SubmitAsync(
            sent.Headers.Location!.PathAndQuery,
            "log-in",
            ("Form.Name", name),
            ("Form.Password", Password)
        );
        var step = new Uri(browser.BaseAddress!, passed.Headers.Location!).PathAndQuery;
        Assert.StartsWith("/account/second-factor", step, StringComparison.Ordinal);
        using var done = await browser.SubmitAsync(step, "second-factor", ("Form.Code", CodeOf(secret)));

        // What stands after "#" never leaves the browser.
        Assert.Equal(address.Split('#')[0], new Uri(browser.BaseAddress!, done.Headers.Location!).PathAndQuery);
    }

    [Fact]
    public async Task RecoveryCode_OpensOnce_AsTypedByPeople()
    {
        await hub.Host.AddUserAsync("lost-phone", Password);
        using var first = await hub.Host.SignInAsync("lost-phone", Password);
        var (_, codes) = await ConfirmAsync(first);

        using var browser = hub.Host.NewBrowser();
        await PasswordAsync(browser, "lost-phone");
        Assert.Equal(
            HttpStatusCode.Found,
            await CodeAsync(browser, $" {codes[3].ToUpperInvariant().Replace('-', ' ')} ")
        );
        Assert.True(await IsInAsync(browser));

        using var again = hub.Host.NewBrowser();
        await PasswordAsync(again, "lost-phone");
        Assert.Equal(HttpStatusCode.OK, await CodeAsync(again, codes[3]));
        var page = await browser.OpenAsync("/account/security");
        Assert.Contains("9 recovery codes are left", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongCodes_LockTheAccount_AlthoughThePasswordIsRight()
    {
        var user = await hub.Host.AddUserAsync("guessed", Password);
        using var first = await hub.Host.SignInAsync("guessed", Password);
        var (secret, _) = await ConfirmAsync(first);
        using var browser = hub.Host.NewBrowser();
        for (var guess = 0; guess < 5; guess++)
        {
            // The right password in between must not start the count anew.
            hub.Time.Advance(TimeSpan.FromMinutes(1));
            await PasswordAsync(browser, "guessed");
            await CodeAsync(browser, $"00000{guess}");
        }

        hub.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, await CodeAsync(browser, CodeOf(secret)));
        Assert.Contains(await hub.EventsAsync(user.Id), entry => entry.Kind is SecurityEventKind.LockedOut);
    }

    [Fact]
    public async Task WhoOwesIt_SetsItUpBeforeAnythingElse()
    {
        await hub.Host.AddUserAsync("chief", Password, Role.Admin);
        using var browser = hub.Host.NewBrowser();

        Assert.StartsWith(SetUp, await PasswordAsync(browser, "chief"), StringComparison.Ordinal);
        Assert.False(await IsInAsync(browser));
        var (_, _, page) = await ConfirmPageAsync(browser);
        Assert.False(await IsInAsync(browser));
        using var finished = await browser.SubmitAsync(page, "finish");

        Assert.Equal(HttpStatusCode.Found, finished.StatusCode);
        Assert.True(await IsInAsync(browser));
    }

    [Fact]
    public async Task TurnOff_TakesACode_AndNewCodesReplaceTheOld()
    {
        var user = await hub.Host.AddUserAsync("changing", Password);
        using var browser = await hub.Host.SignInAsync("changing", Password);
        var (secret, codes) = await ConfirmAsync(browser);

        hub.Time.Advance(TimeSpan.FromSeconds(60));
        using var renewed = await ActAsync(browser, CodeOf(secret), "codes");
        var fresh = Codes(await renewed.PageAsync());
        Assert.Equal(10, fresh.Count);
        Assert.DoesNotContain(codes[0], fresh);

        using var refused = await ActAsync(browser, codes[0], "off");
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        using var done = await ActAsync(browser, fresh[0], "off");
        Assert.Equal(HttpStatusCode.Found, done.StatusCode);
        using var next = await hub.Host.SignInAsync("changing", Password);
        Assert.True(await IsInAsync(next));
        Assert.Equal(
            [SecurityEventKind.SecondFactorOn, SecurityEventKind.RecoveryCodesMade, SecurityEventKind.SecondFactorOff],
            (await hub.EventsAsync(user.Id))
                .Select(entry => entry.Kind)
                .Where(kind => kind is >= SecurityEventKind.SecondFactorOn and <= SecurityEventKind.RecoveryCodesMade)
        );
    }

    [Fact]
    public async Task LongAfterTheLogIn_ItIsNotChangedWithoutANewProof()
    {
        await hub.Host.AddUserAsync("left-open", Password);
        using var browser = await hub.Host.SignInAsync("left-open", Password);
        var (secret, codes) = await ConfirmAsync(browser);
        hub.Time.Advance(TimeSpan.FromMinutes(16));

        var page = await browser.OpenAsync("/account/security");
        Assert.Null(page.QuerySelector("[name='Factor.Code']"));
        Assert.Null(page.QuerySelector("[name='Passkey.Name']"));
        using (var setUp = await browser.GetAsync(SetUp, Token))
        {
            Assert.Contains("again=1", setUp.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }

        using var again = await browser.SubmitAsync(
            "/account/login?again=1&returnUrl=%2Faccount%2Fsecurity",
            "log-in",
            ("Form.Name", "left-open"),
            ("Form.Password", Password)
        );
        Assert.Equal(HttpStatusCode.Found, await CodeAsync(browser, CodeOf(secret)));
        using var done = await ActAsync(browser, codes[0], "off");
        Assert.Equal(HttpStatusCode.Found, done.StatusCode);
        Assert.Single((await browser.OpenAsync("/account/security")).QuerySelectorAll(".sessions li"));
    }

    [Fact]
    public async Task Secret_IsUnreadableInTheDatabase()
    {
        var user = await hub.Host.AddUserAsync("secretive", Password);
        using var browser = await hub.Host.SignInAsync("secretive", Password);
        var (secret, _) = await ConfirmAsync(browser);

        await using var db = await hub.Host.Database.ReadAsync(Token);
        var stored = await db.AuthenticatorApps.SingleAsync(app => app.UserId == user.Id, Token);
        var raw = Base32Encoding.ToBytes(secret);
        Assert.DoesNotContain(Convert.ToBase64String(raw), stored.ProtectedSecret, StringComparison.Ordinal);
        Assert.Equal(-1, Convert.FromBase64String(stored.ProtectedSecret).AsSpan().IndexOf(raw));
    }

    [Fact]
    public async Task Step_WithoutAPassword_LeadsToTheLogIn()
    {
        using var browser = hub.Host.NewBrowser();
        foreach (var path in new[] { "/account/second-factor", SetUp })
        {
            using var answer = await browser.GetAsync(path, Token);
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
            Assert.Contains("/account/login", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
    }

    private static async Task<string> PasswordAsync(HttpClient browser, string name)
    {
        using var answer = await browser.LogInAsync(name, Password);
        return answer.Headers.Location is { } next ? new Uri(browser.BaseAddress!, next).PathAndQuery : "";
    }

    private static async Task<HttpStatusCode> CodeAsync(HttpClient browser, string code)
    {
        using var answer = await browser.SubmitAsync("/account/second-factor", "second-factor", ("Form.Code", code));
        return answer.StatusCode;
    }

    private static Task<HttpResponseMessage> ActAsync(HttpClient browser, string code, string act) =>
        browser.SubmitAsync("/account/security", "factor", ("Factor.Code", code), ("Factor.Act", act));

    private static async Task<bool> IsInAsync(HttpClient browser)
    {
        using var answer = await browser.GetAsync("/account/manage", Token);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    private static List<string> Codes(IHtmlDocument page) =>
        [.. page.QuerySelectorAll(".recovery-codes code").Select(code => code.TextContent)];

    private string CodeOf(string secret) =>
        new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(hub.Time.GetUtcNow().UtcDateTime);

    private async Task<(string Secret, List<string> Codes)> ConfirmAsync(HttpClient browser)
    {
        var (secret, codes, _) = await ConfirmPageAsync(browser);
        return (secret, codes);
    }

    private async Task<(string Secret, List<string> Codes, IHtmlDocument Page)> ConfirmPageAsync(HttpClient browser)
    {
        var page = await browser.OpenAsync(SetUp);
        Assert.NotNull(page.QuerySelector(".qr svg"));
        var secret = page.QuerySelector(".secret")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        using var answer = await browser.SubmitAsync(SetUp, "confirm", ("Form.Code", CodeOf(secret)));
        var confirmed = await answer.PageAsync();
        return (secret, Codes(confirmed), confirmed);
    }

    /// <summary>A portal in which admins owe a second factor.</summary>
    public sealed class StrictHub : AccountHub
    {
        protected override HubHostOptions Options =>
            base.Options with
            {
                Settings = new Dictionary<string, string?> { ["Accounts:SecondFactorFor"] = "Admins" },
            };
    }
}
