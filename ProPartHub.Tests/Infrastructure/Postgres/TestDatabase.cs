namespace ProPartHub.Tests.Infrastructure.Postgres;

/// <summary>A migrated database of one test's own, dropped at its end.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _name;

    private TestDatabase(string name, string connectionString) => (_name, ConnectionString) = (name, connectionString);

    public string ConnectionString { get; }

    public static async Task<TestDatabase> CreateAsync(CancellationToken cancellationToken)
    {
        var name = $"test_{Guid.NewGuid():N}";
        return new TestDatabase(name, await PostgresFixture.CloneAsync(name, cancellationToken));
    }

    public async ValueTask DisposeAsync() => await PostgresFixture.DropAsync(_name);
}
