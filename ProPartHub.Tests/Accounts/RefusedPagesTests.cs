using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Errors;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Infrastructure.Postgres;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Accounts;

/// <summary>Pages refused over HTTP: one row a minute, and the same answer while the database is away.</summary>
public sealed class RefusedPagesTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private TestDatabase _database = null!;
    private HubHost _hub = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(Token);
        _hub = await HubHost.StartAsync(
            _database.ConnectionString,
            new HubHostOptions { Environment = "Production", Time = _time }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task RefusedPages_AreOneRowAMinute_WithThePage()
    {
        var agent = await _hub.AddUserAsync("curious", AccountHub.Password);
        using var browser = await _hub.SignInAsync("curious", AccountHub.Password);
        for (var times = 0; times < 10; times++)
        {
            await AssertRefusedAsync(browser, "/admin/people");
            await AssertRefusedAsync(browser, "/admin/audit");
        }

        await Eventually.IsAsync(async () => (await RowsAsync()).Count == 1, Token);
        _time.Advance(TimeSpan.FromMinutes(1));
        await AssertRefusedAsync(browser, "/admin/audit");
        await Eventually.IsAsync(async () => (await RowsAsync()).Count == 2, Token);

        var rows = await RowsAsync();
        Assert.All(rows, row => Assert.Equal((agent.Id, agent.Id), (row.ActorId, row.UserId)));
        Assert.All(rows, row => Assert.Equal(nameof(GuardedAct.OpenPage), row.Details["act"]));
        Assert.Equal(["/admin/people", "/admin/audit"], rows.Select(row => row.Details["path"]));
    }

    [Fact]
    public async Task WithoutTheDatabase_TheAnswerIsTheSame_AndTheRowComesLater()
    {
        await _hub.AddUserAsync("patient", AccountHub.Password);
        using var browser = await _hub.SignInAsync("patient", AccountHub.Password);
        await _database.ShutAsync();

        await AssertRefusedAsync(browser, "/admin/people");

        await _database.ReopenAsync();
        await Eventually.IsAsync(
            async () =>
            {
                _time.Advance(TimeSpan.FromSeconds(5));
                return (await RowsAsync()).Count == 1;
            },
            Token
        );
    }

    private static async Task AssertRefusedAsync(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Contains("/account/denied", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    private async Task<List<SecurityEvent>> RowsAsync()
    {
        await using var db = await _hub.Database.ReadAsync(Token);
        return await db
            .SecurityEvents.Where(row => row.Kind == SecurityEventKind.AccessDenied)
            .OrderBy(row => row.Id)
            .ToListAsync(Token);
    }
}
