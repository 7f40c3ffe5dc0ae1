using System.IO.Compression;
using System.Net;
using System.Text;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Columns;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Settings;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Leads;

/// <summary>The list as a file, over real HTTP.</summary>
public sealed class LeadExportTests(AccountHub hub) : IClassFixture<AccountHub>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Csv_HasAllThatTheReaderFinds_InTheReadersColumns_AndNoFormulas()
    {
        var (agent, browser) = await AgentAsync("list-csv");
        var (other, _) = await AgentAsync("list-csv-other");
        // More than a page of the reading, so that the file is put together from several.
        for (var number = 1; number <= LeadListQuery.MaxPageSize + 1; number++)
        {
            await AddAsync(agent, 3000 + number, "=1+1");
        }

        await AddAsync(other, 3900, "Чужий");
        await SaveAsync(agent, new([new(LeadColumn.Client), new(LeadColumn.Phone)]));

        using var answer = await browser.GetAsync("/leads/export?status=new&after=abc", Token);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        var text = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(Token)).TrimStart('\uFEFF');
        var lines = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("Client,Phone", lines[0]);
        Assert.Equal(1 + LeadListQuery.MaxPageSize + 1, lines.Length);
        Assert.All(lines[1..], line => Assert.StartsWith("'=1+1", line, StringComparison.Ordinal));
        var entry = Assert.Single(
            await hub.EventsAsync(row => row.Kind == SecurityEventKind.LeadsExported && row.ActorId == agent.UserId)
        );
        Assert.Equal(
            ("?status=new", "CSV", "Client, Phone", "201"),
            (entry.Details["filter"], entry.Details["format"], entry.Details["columns"], entry.Details["leads"])
        );
    }

    [Fact]
    public async Task Workbook_IsOne_WithAmountsAsNumbers_AndTextAsText()
    {
        var (agent, browser) = await AgentAsync("list-xlsx");
        await AddAsync(agent, 4001, "=1+1 <&>");
        await SaveAsync(agent, new([new(LeadColumn.Client), new(LeadColumn.Budget)]));

        using var answer = await browser.GetAsync("/leads/export?format=xlsx", Token);

        Assert.EndsWith(
            ".xlsx",
            answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'),
            StringComparison.Ordinal
        );
        await using var archive = new ZipArchive(await answer.Content.ReadAsStreamAsync(Token));
        var parts = archive.Entries.ToDictionary(part => part.FullName, part => XDocument.Load(part.Open()));
        Assert.Contains("xl/workbook.xml", parts.Keys);
        var sheet = parts["xl/worksheets/sheet1.xml"];
        var cells = sheet.Descendants().Where(element => element.Name.LocalName == "row").Last().Elements().ToList();
        Assert.Equal(["inlineStr", null, null, "inlineStr"], cells.Select(cell => cell.Attribute("t")?.Value));
        Assert.Equal("=1+1 <&>", cells[0].Value);
        Assert.Equal("100000", cells[1].Value);
        Assert.DoesNotContain(sheet.Descendants(), element => element.Name.LocalName == "f");
    }

    [Fact]
    public async Task Visitor_GetsNone()
    {
        using var visitor = hub.Host.NewBrowser();
        using var answer = await visitor.GetAsync("/leads/export", Token);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    private async Task<(Actor, HttpClient)> AgentAsync(string name)
    {
        var user = await hub.Host.AddUserAsync(name, AccountHub.Password, Role.Agent);
        return (
            new Actor(user.Id, user.DisplayName, user.Role, user.TeamId),
            await hub.Host.SignInAsync(name, AccountHub.Password)
        );
    }

    private async Task AddAsync(Actor actor, int number, string name)
    {
        await using var scope = hub.Host.Services.CreateAsyncScope();
        var input = HubBed.Input(number) with { ClientName = name, BudgetFrom = 100000 };
        await scope
            .ServiceProvider.GetRequiredService<LeadService>()
            // By an admin: an agent who was just made is not verified and may register only a few.
            .CreateAsync(actor with { Role = Role.Admin }, input, actor.UserId, Token);
    }

    private async Task SaveAsync(Actor actor, LeadColumnLayout layout)
    {
        await using var scope = hub.Host.Services.CreateAsyncScope();
        await scope
            .ServiceProvider.GetRequiredService<PersonSettings>()
            .SaveAsync(actor, LeadColumnLayout.Key, layout, Token);
    }
}
