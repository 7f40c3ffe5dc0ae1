using System.Net;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Accounts;

/// <summary>The list of people as a file: what was searched for, over all pages, safe to open, on record.</summary>
public sealed class PeopleExportTests(AccountHub hub) : IClassFixture<AccountHub>
{
    private const string Password = AccountHub.Password;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task File_HoldsWhatWasSearchedFor_OverAllPages_AndIsSafeToOpen()
    {
        var admin = await hub.Host.AddUserAsync("export-boss", Password, Role.Admin);
        for (var number = 0; number < 30; number++)
        {
            await hub.Host.AddUserAsync(
                $"exported{number:00}",
                Password,
                change: user => user.DisplayName = $"=SUM({user.UserName})"
            );
        }

        using var browser = await hub.Host.SignInAsync("export-boss", Password);
        using var answer = await browser.GetAsync("/admin/people/export?q=exported&role=agent", Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Token);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var lines = System
            .Text.Encoding.UTF8.GetString(bytes[3..])
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(31, lines.Length);
        Assert.All(lines[1..], line => Assert.StartsWith("'=SUM(exported", line, StringComparison.Ordinal));
        Assert.Equal(30, lines[1..].Distinct().Count());
        var entry = Assert.Single(
            await hub.EventsAsync(entry => entry.Kind == SecurityEventKind.PeopleExported && entry.ActorId == admin.Id)
        );
        Assert.Equal("?q=exported&role=agent", entry.Details["filter"]);
    }

    [Fact]
    public async Task Managers_GetNone()
    {
        await hub.Host.AddUserAsync("export-manager", Password, Role.Manager);
        using var browser = await hub.Host.SignInAsync("export-manager", Password);

        using var answer = await browser.GetAsync("/admin/people/export", Token);

        Assert.Contains("/account/denied", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }
}
