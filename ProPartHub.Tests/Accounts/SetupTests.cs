using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Account;
using Xunit;

namespace ProPartHub.Tests.Accounts;

/// <summary>Each test has a portal of its own: what is tested is the step from no admin to the first one.</summary>
public sealed class SetupTests : IAsyncLifetime
{
    private const string Password = AccountHub.Password;

    private readonly AccountHub _hub = new();

    private AccountLinks Links => _hub.Host.Services.GetRequiredService<AccountLinks>();

    public ValueTask InitializeAsync() => _hub.InitializeAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task FirstAdmin_IsMadeOnce_AndEveryFirstAdminLinkDiesWithIt()
    {
        var (used, unused) = (Path(Links.ForFirstAdmin()), Path(Links.ForFirstAdmin()));
        using var browser = _hub.Host.NewBrowser();

        using var made = await SubmitAsync(browser, used);

        Assert.Equal(HttpStatusCode.Found, made.StatusCode);
        using var admin = await _hub.Host.SignInAsync("chief", Password);
        var user = await SingleUserAsync();
        Assert.Equal((Role.Admin, "chief@people.example.com"), (user.Role, user.Email));
        Assert.Equal(
            [SecurityEventKind.FirstAdminCreated, SecurityEventKind.LoggedIn],
            (await _hub.EventsAsync(user.Id)).Select(entry => entry.Kind)
        );
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(used));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(unused));
    }

    [Fact]
    public async Task FirstAdmin_SubmittedTwiceAtOnce_IsMadeOnce()
    {
        var path = Path(Links.ForFirstAdmin());
        using var browser = _hub.Host.NewBrowser();
        using var other = _hub.Host.NewBrowser();

        // Both look at the form before either sends it.
        var (form, same) = (await browser.OpenAsync(path), await other.OpenAsync(path));

        var answers = await Task.WhenAll(
            browser.SubmitAsync(form, "setup", Fields("chief", "chief@people.example.com")),
            other.SubmitAsync(same, "setup", Fields("second", "second@people.example.com"))
        );

        Assert.Equal([HttpStatusCode.Found, HttpStatusCode.Gone], answers.Select(answer => answer.StatusCode).Order());
        await SingleUserAsync();
    }

    [Fact]
    public async Task OpenForm_IsRefusedOnceSomebodyElseBecameAdmin()
    {
        using var browser = _hub.Host.NewBrowser();
        var form = await browser.OpenAsync(Path(Links.ForFirstAdmin()));
        await _hub.Host.AddUserAsync("quicker", Password, Role.Admin);

        using var late = await browser.PostAsync(
            form.Forms[0].GetAttribute("action"),
            new FormUrlEncodedContent(
                form.QuerySelectorAll("form input[type=hidden]")
                    .Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value")!))
                    .Concat(
                        Fields("late", "late@people.example.com")
                            .Select(field => KeyValuePair.Create(field.Item1, field.Item2))
                    )
            ),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        Assert.Equal("quicker", (await SingleUserAsync()).UserName);
    }

    [Fact]
    public async Task Link_AfterADay_IsDead()
    {
        var path = Path(Links.ForFirstAdmin());
        _hub.Time.Advance(AccountLinks.Lifetime - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(path));

        _hub.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(path));
    }

    [Theory]
    [InlineData("/account/setup")]
    [InlineData("/account/setup?token=")]
    [InlineData("/account/setup?token=CfDJ8forged")]
    [InlineData("/account/setup?token=%00%F0%9F%A6%94")]
    public async Task Link_Forged_IsDead(string path) => Assert.Equal(HttpStatusCode.Gone, await StatusAsync(path));

    [Fact]
    public async Task Form_NamesEachFault_AndKeepsWhatWasTypedButNoPassword()
    {
        using var browser = _hub.Host.NewBrowser();
        using var english = await browser.GetAsync("/culture?c=en", TestContext.Current.CancellationToken);

        using var answer = await browser.SubmitAsync(
            Path(Links.ForFirstAdmin()),
            "setup",
            ("Form.DisplayName", " "),
            ("Form.UserName", "<b>шеф</b>"),
            ("Form.Email", "not mail"),
            ("Form.Password", "too short"),
            ("Form.Repeated", "other")
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.Equal(
            [
                "Please fill this in.",
                "3 to 64 Latin letters, digits, dots, dashes or underscores.",
                "This is not an e-mail address.",
                "The password needs at least 12 characters.",
                "The two passwords differ.",
            ],
            page.QuerySelectorAll(".field-error").Select(message => message.TextContent)
        );
        Assert.Equal("<b>шеф</b>", page.QuerySelector("[name='Form.UserName']")!.GetAttribute("value"));
        Assert.Equal("not mail", page.QuerySelector("[name='Form.Email']")!.GetAttribute("value"));
        Assert.All(page.QuerySelectorAll("[type=password]"), input => Assert.False(input.HasAttribute("value")));
    }

    [Fact]
    public async Task CreateAdmin_PrintsALink_ThatSetsThePasswordOnce()
    {
        var link = await CommandAsync(0, "--user", "operator", "--email", "op@people.example.com");
        using var browser = _hub.Host.NewBrowser();
        var path = new Uri(link).PathAndQuery;

        using var made = await SubmitAsync(browser, path, userName: "somebody-else", mail: "x@people.example.com");

        Assert.Equal(HttpStatusCode.Found, made.StatusCode);
        Assert.Equal("operator", (await SingleUserAsync()).UserName);
        using var signedIn = await _hub.Host.SignInAsync("op@people.example.com", Password);
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(path));
    }

    [Fact]
    public async Task CreateAdmin_ForAnAdminWhoExists_LetsThemBackIn()
    {
        var user = await _hub.Host.AddUserAsync(
            "operator",
            "forgotten long ago",
            Role.Admin,
            user => user.LockoutEnd = DateTimeOffset.MaxValue
        );
        var link = await CommandAsync(0, "--user", "Operator", "--email", user.Email!);
        using var browser = _hub.Host.NewBrowser();

        using var made = await SubmitAsync(browser, new Uri(link).PathAndQuery);

        Assert.Equal(HttpStatusCode.Found, made.StatusCode);
        using var signedIn = await _hub.Host.SignInAsync("operator", Password);
    }

    [Theory]
    [InlineData(2, "Usage", "--user", "operator")]
    [InlineData(1, "UserName: Another account", "--user", "agent", "--email", "new@people.example.com")]
    [InlineData(1, "Email: Another account", "--user", "new", "--email", "Agent@people.example.com")]
    [InlineData(1, "UserName: 3 to 64", "--user", "a b", "--email", "new@people.example.com")]
    public async Task CreateAdmin_WithNamesThatCannotBe_SaysWhy(int exitCode, string says, params string[] options)
    {
        await _hub.Host.AddUserAsync("agent", Password);

        Assert.StartsWith(says, await CommandAsync(exitCode, options), StringComparison.Ordinal);
        Assert.Equal("agent", (await SingleUserAsync()).UserName);
    }

    private static string Path(string token) => $"/account/setup?token={Uri.EscapeDataString(token)}";

    private static (string, string)[] Fields(string userName, string mail) =>
        [
            ("Form.DisplayName", "Шеф O’Neil 🙂"),
            ("Form.UserName", userName),
            ("Form.Email", mail),
            ("Form.Password", Password),
            ("Form.Repeated", Password),
        ];

    private static Task<HttpResponseMessage> SubmitAsync(
        HttpClient browser,
        string path,
        string userName = "chief",
        string mail = "chief@people.example.com"
    ) => browser.SubmitAsync(path, "setup", Fields(userName, mail));

    /// <summary>Runs the command; gives the last word of a success, which is the link, or all that a failure says.</summary>
    private async Task<string> CommandAsync(int expected, params string[] options)
    {
        await using var output = new StringWriter();
        var exitCode = await CreateAdminCommand.RunAsync(
            _hub.Host.Services,
            options,
            output,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(expected, exitCode);
        return exitCode == 0 ? output.ToString().Split().Last(word => word.Length > 0) : output.ToString();
    }

    private async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var browser = _hub.Host.NewBrowser();
        using var answer = await browser.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private async Task<HubUser> SingleUserAsync()
    {
        await using var db = await _hub.Host.Database.ReadAsync(TestContext.Current.CancellationToken);
        return await db.Users.SingleAsync(TestContext.Current.CancellationToken);
    }
}
