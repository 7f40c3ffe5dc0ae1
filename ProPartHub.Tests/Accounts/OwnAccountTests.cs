using System.Net;
using ProPartHub.Domain.Audit;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Accounts;

public sealed class OwnAccountTests(AccountHub hub) : IClassFixture<AccountHub>
{
    private const string Password = AccountHub.Password;
    private const string NewPassword = "п’ять не пов’язаних слів";

    [Fact]
    public async Task Profile_SavesNameAndLanguage_AndRecordsBoth()
    {
        var user = await hub.Host.AddUserAsync("renamed", Password);
        using var browser = await hub.Host.SignInAsync("renamed", Password);

        using var answer = await browser.SubmitAsync(
            "/account/manage",
            "profile",
            ("Profile.DisplayName", "  <i>Їжак</i> 🦔 "),
            ("Profile.Culture", "uk")
        );

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var page = await browser.OpenAsync("/account/manage?done=profile");
        Assert.Equal("uk", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("Збережено.", page.QuerySelector("[role=status]")!.TextContent);
        Assert.Equal("<i>Їжак</i> 🦔", (await hub.ReadAsync(user.Id)).DisplayName);
        Assert.Equal(
            [("display name", "<i>Їжак</i> 🦔"), ("language", "uk")],
            (await hub.EventsAsync(user.Id))
                .Where(entry => entry.Kind == SecurityEventKind.SettingChanged)
                .Select(entry => (entry.Details["setting"], entry.Details["after"]))
        );
    }

    [Theory]
    [InlineData("", "uk")]
    [InlineData("\t", "uk")]
    [InlineData("Name", "ru")]
    public async Task Profile_ThatCannotBe_IsRefused(string name, string culture)
    {
        var user = await hub.Host.AddUserAsync($"stubborn{name.Length}{culture}", Password);
        using var browser = await hub.Host.SignInAsync(user.UserName!, Password);

        using var answer = await browser.SubmitAsync(
            "/account/manage",
            "profile",
            ("Profile.DisplayName", name),
            ("Profile.Culture", culture)
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((user.DisplayName, "en"), ((await hub.ReadAsync(user.Id)).DisplayName, user.Culture));
    }

    [Fact]
    public async Task Password_Changed_KeepsThisSessionAndEndsTheOthers()
    {
        var user = await hub.Host.AddUserAsync("careful", Password);
        using var here = await hub.Host.SignInAsync("careful", Password);
        using var elsewhere = await hub.Host.SignInAsync("careful", Password);

        using var answer = await ChangeAsync(here, Password, NewPassword, NewPassword);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        hub.Time.Advance(TimeSpan.FromMinutes(2));
        using var stays = await here.GetAsync("/account/manage", TestContext.Current.CancellationToken);
        using var ended = await elsewhere.GetAsync("/account/manage", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, stays.StatusCode);
        Assert.Equal(HttpStatusCode.Found, ended.StatusCode);
        using var again = await hub.Host.SignInAsync("careful", NewPassword);
        Assert.Contains(await hub.EventsAsync(user.Id), entry => entry.Kind == SecurityEventKind.PasswordChanged);
    }

    [Theory]
    [InlineData("not the present one", NewPassword, NewPassword, "This is not the present password")]
    [InlineData("", NewPassword, NewPassword, "Please fill this in.")]
    [InlineData(Password, "short", "short", "The password needs at least 12 characters.")]
    [InlineData(Password, NewPassword, "something else", "The two passwords differ.")]
    public async Task Password_ThatCannotBe_IsRefusedAtItsField(
        string present,
        string fresh,
        string repeated,
        string says
    )
    {
        var name = $"careless{present.Length}-{fresh.Length}-{repeated.Length}";
        var user = await hub.Host.AddUserAsync(name, Password);
        using var browser = await hub.Host.SignInAsync(name, Password);

        using var answer = await ChangeAsync(browser, present, fresh, repeated);

        var page = await answer.PageAsync();
        Assert.StartsWith(
            says,
            Assert.Single(page.QuerySelectorAll(".field-error")).TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(user.PasswordHash, (await hub.ReadAsync(user.Id)).PasswordHash);
    }

    [Theory]
    [InlineData("longusername12")]
    [InlineData("LONGUSERNAME12@people.example.com")]
    public async Task Password_ThatIsTheOwnName_IsRefused(string fresh)
    {
        var name = "longusername12";
        if ((await hub.EventsAsync(entry => entry.ActorName == $"Name of {name}")).Count == 0)
        {
            await hub.Host.AddUserAsync(name, Password);
        }

        using var browser = await hub.Host.SignInAsync(name, Password);

        using var answer = await ChangeAsync(browser, Password, fresh, fresh);

        Assert.Equal(
            "Choose a password other than your name or e-mail.",
            (await answer.PageAsync()).QuerySelector(".field-error")!.TextContent
        );
    }

    [Fact]
    public async Task WrongPresentPasswords_LockTheAccount()
    {
        var user = await hub.Host.AddUserAsync("hijacked", Password);
        using var browser = await hub.Host.SignInAsync("hijacked", Password);
        for (var attempt = 0; attempt < 4; attempt++)
        {
            using var wrong = await ChangeAsync(browser, "a guess", NewPassword, NewPassword);
        }

        hub.Time.Advance(TimeSpan.FromMinutes(1));
        using var fifth = await ChangeAsync(browser, "a guess", NewPassword, NewPassword);
        using var right = await ChangeAsync(browser, Password, NewPassword, NewPassword);

        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Equal(user.PasswordHash, (await hub.ReadAsync(user.Id)).PasswordHash);
        Assert.Contains(await hub.EventsAsync(user.Id), entry => entry.Kind == SecurityEventKind.LockedOut);
    }

    private static Task<HttpResponseMessage> ChangeAsync(
        HttpClient browser,
        string present,
        string fresh,
        string repeated
    ) =>
        browser.SubmitAsync(
            "/account/security",
            "password",
            ("Password.Present", present),
            ("Password.Fresh", fresh),
            ("Password.Repeated", repeated)
        );
}
