using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Accounts;

/// <summary>A portal outside Development with a database and a clock of its own, for one test class.</summary>
public class AccountHub : IAsyncLifetime
{
    public const string Password = "correct horse battery staple";

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);

    public string Connection { get; private set; } = "";

    public HubHost Host { get; private set; } = null!;

    protected virtual HubHostOptions Options => new() { Environment = "Production", Time = Time };

    public async ValueTask InitializeAsync()
    {
        Connection = await TemporaryDatabase.NewAsync();
        Host = await HubHost.StartAsync(Connection, Options);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
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

// Replaced by the shared fixtures at the next merge.
public static class TemporaryDatabase
{
    public static async Task<string> NewAsync()
    {
        var connection = $"Host=127.0.0.1;Port=54391;Username=postgres;Database=t{Guid.NewGuid():N}";
        await using var provider = new ServiceCollection()
            .AddHubData(connection, new DatabaseOptions())
            .BuildServiceProvider();
        await using var db = await provider
            .GetRequiredService<IDbContextFactory<HubDbContext>>()
            .CreateDbContextAsync();
        await db.Database.MigrateAsync();
        return connection;
    }
}
