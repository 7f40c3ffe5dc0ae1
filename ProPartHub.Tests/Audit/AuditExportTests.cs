using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.Audit;

/// <summary>The audit as a file, over real HTTP, and the command that verifies it.</summary>
public sealed class AuditExportTests(AccountHub hub) : IClassFixture<AccountHub>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task File_HasWhatIsFiltered_AndOpensInASpreadsheet()
    {
        var (admin, browser) = await AdminAsync("export");
        var shady = await hub.Host.AddUserAsync(
            "export-shady",
            AccountHub.Password,
            Role.Agent,
            user => user.DisplayName = "=1+1"
        );
        await RecordAsync(SecurityEventKind.AccessDenied, shady, ("path", "/a,\"b\""));
        await RecordAsync(SecurityEventKind.LoggedOut, shady);
        // More than a page of the reading, so that the file is put together from several.
        await RecordManyAsync(shady, 1100);
        hub.Time.Advance(TimeSpan.FromSeconds(1));

        using var answer = await browser.GetAsync($"/admin/audit/export?actor={shady.Id}&kind=refusals", Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.EndsWith(
            ".csv",
            answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'),
            StringComparison.Ordinal
        );
        var bytes = await answer.Content.ReadAsByteArrayAsync(Token);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1 + 1 + 1100, lines.Length);
        Assert.StartsWith("When,Who,", lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..], line => Assert.Contains(",'=1+1,", line, StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith(",Page,,\"/a,\"\"b\"\"\"", StringComparison.Ordinal));
        var own = Assert.Single(
            await hub.EventsAsync(entry => entry.Kind == SecurityEventKind.AuditExported && entry.ActorId == admin.Id)
        );
        Assert.Contains("kind=refusals", own.Details["filter"], StringComparison.Ordinal);
        Assert.NotNull(own.Address);
    }

    [Fact]
    public async Task OnlyAdmins_GetIt()
    {
        await hub.Host.AddUserAsync("export-manager", AccountHub.Password, Role.Manager);
        using var manager = await hub.Host.SignInAsync("export-manager", AccountHub.Password);
        using var visitor = hub.Host.NewBrowser();

        foreach (var browser in new[] { manager, visitor })
        {
            using var answer = await browser.GetAsync("/admin/audit/export", Token);
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        }
    }

    [Fact]
    public async Task TooMany_AreRefusedAndPutOnRecordOnce()
    {
        var (admin, browser) = await AdminAsync("export-often");
        var statuses = new List<HttpStatusCode>();
        for (var file = 0; file < ActLimits.FilesAMinute + 2; file++)
        {
            using var answer = await browser.GetAsync("/admin/audit/export?kind=settings", Token);
            statuses.Add(answer.StatusCode);
            Assert.Equal(answer.StatusCode is HttpStatusCode.TooManyRequests, answer.Headers.RetryAfter is not null);
        }

        Assert.All(statuses[..ActLimits.FilesAMinute], status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.All(statuses[^2..], status => Assert.Equal(HttpStatusCode.TooManyRequests, status));
        Assert.Single(
            await hub.EventsAsync(entry => entry.Kind == SecurityEventKind.RateLimited && entry.ActorId == admin.Id)
        );
        hub.Time.Advance(TimeSpan.FromMinutes(1));
        using var later = await browser.GetAsync("/admin/audit/export?kind=settings", Token);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task Command_SaysIntact_ThenNamesWhatWasChanged()
    {
        await using var database = await Infrastructure.Postgres.TestDatabase.CreateAsync(Token);
        await using var host = await HubHost.StartAsync(database.ConnectionString);
        var user = await host.AddUserAsync("command", AccountHub.Password, Role.Admin);
        var log = host.Services.GetRequiredService<SecurityLog>();
        var actor = new Actor(user.Id, user.DisplayName, user.Role, null);
        await log.RecordAsync(SecurityEventKind.LoggedOut, actor, user.Id, Token);
        var sealer = host.Services.GetRequiredService<AuditSealer>();
        await Live.Eventually.IsAsync(
            async () =>
            {
                await sealer.SealAllAsync(Token);
                return (await VerifyAsync(host)).Output.Contains("link 1 ", StringComparison.Ordinal);
            },
            Token
        );

        var (code, output) = await VerifyAsync(host);
        Assert.Equal(0, code);
        Assert.StartsWith("Intact: intact up to link 1 of ", output, StringComparison.Ordinal);
        var head = output.Split("kept elsewhere: ")[1].Trim();
        Assert.Equal(0, (await VerifyAsync(host, "--head", head)).Code);
        Assert.Equal(1, (await VerifyAsync(host, "--head", new string('0', 64))).Code);

        await using var db = await host.Database.ReadAsync(Token);
        await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlAsync(
            db.Database,
            $"UPDATE security_events SET kind = 1",
            Token
        );
        (code, output) = await VerifyAsync(host);
        Assert.Equal(1, code);
        Assert.StartsWith(
            "NOT INTACT, no link is intact; then security_events 1 (link 1) was changed.",
            output,
            StringComparison.Ordinal
        );
    }

    private static async Task<(int Code, string Output)> VerifyAsync(HubHost host, params string[] options)
    {
        await using var output = new StringWriter();
        var code = await VerifyAuditCommand.RunAsync(host.Services, options, output, Token);
        return (code, output.ToString());
    }

    private async Task<(HubUser Admin, HttpClient Browser)> AdminAsync(string name)
    {
        var admin = await hub.Host.AddUserAsync(name, AccountHub.Password, Role.Admin);
        var browser = await hub.Host.SignInAsync(name, AccountHub.Password);
        browser.DefaultRequestHeaders.Add("Accept-Language", "en");
        return (admin, browser);
    }

    private Task RecordAsync(SecurityEventKind kind, HubUser by, params (string Name, string? Value)[] details) =>
        hub
            .Host.Services.GetRequiredService<SecurityLog>()
            .RecordAsync(kind, new Actor(by.Id, by.DisplayName, by.Role, null), by.Id, Token, details);

    private Task RecordManyAsync(HubUser by, int count) =>
        hub.Host.Database.InTransactionAsync(
            (db, _) =>
            {
                db.SecurityEvents.AddRange(
                    Enumerable
                        .Range(0, count)
                        .Select(_ => new SecurityEvent
                        {
                            Kind = SecurityEventKind.RateLimited,
                            OccurredAt = hub.Time.GetUtcNow().AddMinutes(-5),
                            ActorId = by.Id,
                            ActorName = by.DisplayName,
                        })
                );
                return Task.CompletedTask;
            },
            Token
        );
}
