using System.Net;
using Microsoft.Extensions.Time.Testing;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

namespace ProPartHub.Tests.Web.Hosting;

public sealed class SecurityTxtTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Contact_IsShown_WithADayInTheFuture()
    {
        var (status, text) = await ReadAsync("mailto:security@agency.example");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            [
                "Contact: mailto:security@agency.example",
                "Expires: 2027-02-24T00:00:00Z",
                "Preferred-Languages: uk, en",
                "Canonical: https://127.0.0.1/.well-known/security.txt",
            ],
            text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
    }

    [Fact]
    public async Task WithoutAContact_ThereIsNone() =>
        Assert.Equal(HttpStatusCode.NotFound, (await ReadAsync(null)).Status);

    private static async Task<(HttpStatusCode Status, string Text)> ReadAsync(string? contact)
    {
        await using var database = await TestDatabase.CreateAsync(Token);
        await using var hub = await HubHost.StartAsync(
            database.ConnectionString,
            new HubHostOptions
            {
                Environment = "Production",
                Time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero)),
                Settings = new Dictionary<string, string?> { ["Hub:SecurityContact"] = contact },
            }
        );
        using var browser = hub.NewBrowser();
        using var answer = await browser.GetAsync("/.well-known/security.txt", Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
    }
}
