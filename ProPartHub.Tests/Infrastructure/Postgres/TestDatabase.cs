using Npgsql;

namespace ProPartHub.Tests.Infrastructure.Postgres;

/// <summary>A database of one test's own, dropped at its end whoever is still connected.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _name;

    private TestDatabase(string name, string connectionString) => (_name, ConnectionString) = (name, connectionString);

    /// <summary>As the role that owns the database and is no superuser; pooled, at most 5 connections.</summary>
    public string ConnectionString { get; }

    /// <summary>A database with the hub's schema.</summary>
    public static Task<TestDatabase> CreateAsync(CancellationToken cancellationToken) =>
        CreateAsync(TemplateDatabase.Hub, cancellationToken);

    /// <summary>A copy of a template.</summary>
    public static async Task<TestDatabase> CreateAsync(TemplateDatabase template, CancellationToken cancellationToken)
    {
        var name = $"test_{Guid.NewGuid():N}";
        var server = await PostgresFixture.ServerAsync();
        return new TestDatabase(name, await server.CloneAsync(template, name, cancellationToken));
    }

    /// <summary>Reaches the server as a role that may make databases.</summary>
    public static async Task<string> SuperuserAsync() => (await PostgresFixture.ServerAsync()).SuperuserConnection;

    /// <summary>Lets the database vanish: connections are cut, new ones refused.</summary>
    public async Task ShutAsync() => await (await PostgresFixture.ServerAsync()).ShutAsync(_name);

    /// <summary>Lets the database come back.</summary>
    public async Task ReopenAsync() => await (await PostgresFixture.ServerAsync()).ReopenAsync(_name);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await using (var pooled = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(pooled);
        }

        await (await PostgresFixture.ServerAsync()).DropAsync(_name);
    }
}
