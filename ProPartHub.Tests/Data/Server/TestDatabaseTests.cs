using Npgsql;
using ProPartHub.Domain.Data.Server;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;
using static ProPartHub.Tests.Data.Server.ServerFolder;

namespace ProPartHub.Tests.Data.Server;

public sealed class TestDatabaseTests
{
    private static int _fillings;

    private static readonly TemplateDatabase Template = new(
        "counted_template",
        async (connectionString, _) =>
        {
            Interlocked.Increment(ref _fillings);
            await AskAsync(
                connectionString,
                "CREATE TABLE item (name text); INSERT INTO item VALUES ('from the template')"
            );
        }
    );

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_ManyAtOnce_FillsTheTemplateOnceAndKeepsThemApart()
    {
        var databases = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => TestDatabase.CreateAsync(Template, Token))
        );
        foreach (var (database, i) in databases.Select((database, i) => (database, i)))
        {
            await AskAsync(database.ConnectionString, $"INSERT INTO item VALUES ('own {i}')");
        }

        foreach (var (database, i) in databases.Select((database, i) => (database, i)))
        {
            Assert.Equal(
                $"from the template,own {i}",
                await AskAsync(database.ConnectionString, "SELECT string_agg(name, ',' ORDER BY name) FROM item")
            );
            await database.DisposeAsync();
        }

        Assert.Equal(1, _fillings);
    }

    [Fact]
    public async Task Create_ByDefault_HasTheMigratedSchema()
    {
        await using var database = await TestDatabase.CreateAsync(Token);

        Assert.NotEqual(
            0L,
            await AskAsync(database.ConnectionString, "SELECT count(*) FROM \"__EFMigrationsHistory\"")
        );
    }

    [Fact]
    public async Task Template_LetsNobodyIn()
    {
        await using var database = await TestDatabase.CreateAsync(Template, Token);
        var template = new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Database = Template.Name,
            Pooling = false,
        };

        var refusal = await Assert.ThrowsAsync<PostgresException>(() =>
            AskAsync(template.ConnectionString, "SELECT 1")
        );

        Assert.Equal("55000", refusal.SqlState);
    }

    [Fact]
    public async Task Dispose_WithAConnectionOpen_DropsTheDatabase()
    {
        var database = await TestDatabase.CreateAsync(Template, Token);
        var pooled = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Token);

        await database.DisposeAsync();

        Assert.Equal(5, pooled.MaxPoolSize);
        pooled.Pooling = false;
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => AskAsync(pooled.ConnectionString, "SELECT 1"));
        Assert.Equal(PostgresErrorCodes.InvalidCatalogName, refusal.SqlState);
    }
}
