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
    public async Task Managers_GetTheirTeamAlone()
    {
        var team = new Team { Name = "Команда з файла" };
        var manager = await hub.Host.AddUserAsync(
            "export-manager",
            Password,
            Role.Manager,
            change: user => user.Team = team
        );
        await hub.Host.AddUserAsync("export-own", Password, change: user => user.TeamId = team.Id);
        await hub.Host.AddUserAsync("export-foreign", Password);
        using var browser = await hub.Host.SignInAsync("export-manager", Password);

        var file = await browser.GetStringAsync("/admin/people/export", Token);

        Assert.Contains(",export-own,", file, StringComparison.Ordinal);
        Assert.DoesNotContain("export-foreign", file, StringComparison.Ordinal);
        var entry = Assert.Single(
            await hub.EventsAsync(entry =>
                entry.Kind == SecurityEventKind.PeopleExported && entry.ActorId == manager.Id
            )
        );
        Assert.Equal("2", entry.Details["people"]);
    }

    [Fact]
    public async Task Agents_GetNone()
    {
        await hub.Host.AddUserAsync("export-agent", Password);
        using var browser = await hub.Host.SignInAsync("export-agent", Password);

        using var answer = await browser.GetAsync("/admin/people/export", Token);

        Assert.Contains("/account/denied", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWorkbook_HoldsTheSamePeople()
    {
        await hub.Host.AddUserAsync("export-sheet", Password, Role.Admin);
        using var browser = await hub.Host.SignInAsync("export-sheet", Password);

        await using var file = new MemoryStream(
            await browser.GetByteArrayAsync("/admin/people/export?q=export-sheet&format=xlsx", Token)
        );

        using var archive = new System.IO.Compression.ZipArchive(file);
        using var sheet = new StreamReader(archive.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var rows = await sheet.ReadToEndAsync(Token);
        Assert.Equal(2, rows.Split("<row>").Length - 1);
        Assert.Contains("export-sheet", rows, StringComparison.Ordinal);
    }
}
