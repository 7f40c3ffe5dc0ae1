using System.Net;
using AngleSharp.Html.Dom;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Rights;

/// <summary>Sends hostile input to every address and every static form: an answer comes, and never a fault of the server.</summary>
public sealed class EndpointFuzzTests(AccountHub hub) : IClassFixture<AccountHub>
{
    private const string Password = AccountHub.Password;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Addresses_WithHostileParts_AreAnswered()
    {
        await hub.Host.AddUserAsync("fuzz-boss", Password, Role.Admin);
        using var visitor = hub.Host.NewBrowser();
        using var boss = await hub.Host.SignInAsync("fuzz-boss", Password);
        var broken = new List<string>();
        foreach (var pattern in EndpointWalkTests.PatternsOf(hub).Where(pattern => pattern != "/account/logout"))
        {
            foreach (var text in HostileInput.Texts.Where(text => text.Length < 2_000))
            {
                var escaped = Escape(text);
                var path = EndpointWalkTests.Fill(pattern, escaped);
                var query =
                    $"?q={escaped}&page={escaped}&view={escaped}&returnUrl={escaped}&token={escaped}&cursor={escaped}";
                foreach (var browser in new[] { visitor, boss })
                {
                    using var answer = await browser.GetAsync(path + query, Token);
                    if ((int)answer.StatusCode >= 500 && !pattern.StartsWith("/health", StringComparison.Ordinal))
                    {
                        broken.Add($"{answer.StatusCode} {path}{query}");
                    }

                    if (LeadsAbroad(browser, answer))
                    {
                        broken.Add($"leads abroad: {path}{query}");
                    }
                }
            }
        }

        Assert.True(broken.Count == 0, string.Join('\n', broken.Take(10)));
    }

    [Fact]
    public async Task Forms_FilledWithHostileTexts_AreAnswered()
    {
        await hub.Host.AddUserAsync("fuzz-agent", Password);
        using var visitor = hub.Host.NewBrowser();
        using var agent = await hub.Host.SignInAsync("fuzz-agent", Password);
        var broken = new List<string>();
        foreach (
            var (browser, path) in new[]
            {
                (visitor, "/account/login"),
                (visitor, "/account/forgotten"),
                (agent, "/account/manage"),
                (agent, "/account/security"),
            }
        )
        {
            foreach (var text in HostileInput.Texts)
            {
                var page = await browser.OpenAsync(path);
                foreach (var form in page.Forms.Where(IsHarmless))
                {
                    using var answer = await browser.PostAsync(
                        form.GetAttribute("action"),
                        new FormUrlEncodedContent(Fill(form, text)),
                        Token
                    );
                    if ((int)answer.StatusCode >= 500)
                    {
                        broken.Add(
                            $"{answer.StatusCode} {path} {form.GetAttribute("action")}: {text[..Math.Min(20, text.Length)]}"
                        );
                    }

                    var html = await answer.Content.ReadAsStringAsync(Token);
                    if (text.Contains('<', StringComparison.Ordinal) && html.Contains(text, StringComparison.Ordinal))
                    {
                        broken.Add($"{path} shows markup as it came");
                    }
                }
            }
        }

        Assert.True(broken.Count == 0, string.Join('\n', broken.Take(10)));
    }

    // Ending the session that sends would end the test.
    private static bool IsHarmless(IHtmlFormElement form) =>
        form.GetAttribute("action")?.Contains("logout", StringComparison.Ordinal) != true
        && form.GetAttribute("action")?.Contains("language", StringComparison.Ordinal) != true;

    private static IEnumerable<KeyValuePair<string, string>> Fill(IHtmlFormElement form, string text) =>
        form.QuerySelectorAll("input,textarea,select")
            .Select(field => field.GetAttribute("name"))
            .OfType<string>()
            .Distinct()
            .Select(name =>
                KeyValuePair.Create(
                    name,
                    name is "__RequestVerificationToken" or "_handler"
                        ? form.QuerySelector($"[name={name}]")!.GetAttribute("value")!
                        : text
                )
            );

    private static bool LeadsAbroad(HttpClient browser, HttpResponseMessage answer) =>
        answer.Headers.Location is { } next && new Uri(browser.BaseAddress!, next).Host != browser.BaseAddress!.Host;

    // As bytes: a lone half of a character pair cannot be written in an address otherwise.
    private static string Escape(string text) =>
        string.Concat(System.Text.Encoding.UTF8.GetBytes(text).Select(value => $"%{value:X2}"));
}
