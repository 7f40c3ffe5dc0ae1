using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

namespace ProPartHub.Tests.Accounts;

/// <summary>A portal outside Development with a database and a clock of its own, for one test class.</summary>
public class AccountHub : IAsyncLifetime
{
    public const string Password = "correct horse battery staple";

    private TestDatabase _database = null!;

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);

    public string Connection => _database.ConnectionString;

    public HubHost Host { get; private set; } = null!;

    protected virtual HubHostOptions Options => new() { Environment = "Production", Time = Time };

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);
        Host = await HubHost.StartAsync(Connection, Options);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    public async Task<HubUser> ReadAsync(Guid id)
    {
        await using var db = await Host.Database.ReadAsync(TestContext.Current.CancellationToken);
        return await db.Users.SingleAsync(user => user.Id == id, TestContext.Current.CancellationToken);
    }

    public Task ChangeAsync(Guid id, Action<HubUser> change) =>
        Host.Database.InTransactionAsync(
            async (db, stop) => change(await db.Users.SingleAsync(user => user.Id == id, stop)),
            TestContext.Current.CancellationToken
        );

    /// <summary>What was recorded about an account, oldest first.</summary>
    public Task<List<SecurityEvent>> EventsAsync(Guid? userId) => EventsAsync(entry => entry.UserId == userId);

    public async Task<List<SecurityEvent>> EventsAsync(
        System.Linq.Expressions.Expression<Func<SecurityEvent, bool>> filter
    )
    {
        await using var db = await Host.Database.ReadAsync(TestContext.Current.CancellationToken);
        return await db
            .SecurityEvents.Where(filter)
            .OrderBy(entry => entry.Id)
            .ToListAsync(TestContext.Current.CancellationToken);
    }
}
