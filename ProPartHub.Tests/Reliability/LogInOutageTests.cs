using System.Net;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

namespace ProPartHub.Tests.Reliability;

/// <summary>Whoever comes to log in while the database is away is told so, and not that something broke.</summary>
public sealed class LogInOutageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LogInWithoutTheDatabase_IsAnsweredByAPageThatSaysSo_AndWorksOnceItIsBack()
    {
        await using var database = await TestDatabase.CreateAsync(Token);
        await using var hub = await HubHost.StartAsync(
            database.ConnectionString,
            new()
            {
                Environment = "Production",
                Settings = new Dictionary<string, string?> { ["Database:MaxRetries"] = "0" },
            }
        );
        await hub.AddUserAsync("partner", AccountHub.Password);
        using var browser = hub.NewBrowser();
        browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd("uk");

        await database.ShutAsync();
        using (var answer = await browser.LogInAsync("partner", AccountHub.Password))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Token));
            Assert.Contains("База даних зараз не відповідає", html, StringComparison.Ordinal);
        }

        await database.ReopenAsync();
        using var again = await browser.LogInAsync("partner", AccountHub.Password);
        Assert.Equal(HttpStatusCode.Found, again.StatusCode);
    }
}
