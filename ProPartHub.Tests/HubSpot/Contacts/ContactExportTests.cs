using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Accounts;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Contacts;

/// <summary>HubSpot's contacts as a file, over real HTTP.</summary>
public sealed class ContactExportTests(AccountHub hub) : IClassFixture<AccountHub>
{
    private const string Path = "/admin/contacts/export";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Csv_HasARowForEachNumber_AndNoFormulas_AndIsOnRecord()
    {
        // More than a page of the reading, so that the file is put together from several.
        await using (var db = await hub.Host.Services.GetRequiredService<HubDatabase>().ReadAsync(Token))
        {
            await ContactBed.FillAsync(db, 1200, hub.Time.GetUtcNow());
        }

        var admin = await hub.Host.AddUserAsync("contacts-boss", AccountHub.Password, Role.Admin);
        using var browser = await hub.Host.SignInAsync("contacts-boss", AccountHub.Password);

        using var answer = await browser.GetAsync($"{Path}?mail=yes&sort=id&after=abc", Token);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Token);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("ID,Phone number,Email,Name,E.164,Company,Owner,Lead,Created", lines[0]);
        var contacts = Enumerable.Range(1, 1200).Count(number => number % 50 != 0 && number % 7 != 0);
        Assert.Equal(1 + contacts + 1, lines.Length);
        Assert.StartsWith(
            "1,'+380501000001,c1@example.com,Контакт 1,'+380501000001,Хвиля,,,",
            lines[1],
            StringComparison.Ordinal
        );
        Assert.StartsWith("1,'=1+1,c1@example.com,Контакт 1,,", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("10,,c10@example.com,Контакт 10,,", lines[10], StringComparison.Ordinal);
        Assert.Contains(",c13@example.com,No name,", lines[13], StringComparison.Ordinal);
        var entry = Assert.Single(
            await hub.EventsAsync(row => row.Kind == SecurityEventKind.ContactsExported && row.ActorId == admin.Id)
        );
        Assert.Equal(
            ("?mail=yes&sort=id", "CSV", $"{contacts}"),
            (entry.Details["filter"], entry.Details["format"], entry.Details["contacts"])
        );

        await using var file = new MemoryStream(await browser.GetByteArrayAsync($"{Path}?q=c1%40&format=xlsx", Token));
        await using var archive = new ZipArchive(file);
        using var sheet = new StreamReader(archive.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var rows = await sheet.ReadToEndAsync(Token);
        Assert.Equal(3, rows.Split("<row>").Length - 1);
        Assert.Contains("=1+1", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("<f>", rows, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.Agent)]
    [InlineData(Role.Manager)]
    public async Task Others_GetNone(Role role)
    {
        await hub.Host.AddUserAsync($"contacts-{role}", AccountHub.Password, role);
        using var browser = await hub.Host.SignInAsync($"contacts-{role}", AccountHub.Password);

        using var answer = await browser.GetAsync(Path, Token);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("/account/denied", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }
}
