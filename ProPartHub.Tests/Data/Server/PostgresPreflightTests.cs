using Npgsql;
using ProPartHub.Domain.Data.Server;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;
using static ProPartHub.Tests.Data.Server.ServerFolder;

namespace ProPartHub.Tests.Data.Server;

public sealed class PostgresPreflightTests(PostgresPreflightTests.OwnServer own)
    : IClassFixture<PostgresPreflightTests.OwnServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Check_OfASuitableDatabase_PassesAndChangesNothing()
    {
        await PostgresPreflight.CheckAsync(own.Server.ConnectionString, Token);

        Assert.Equal(
            0L,
            await AskAsync(own.Server.ConnectionString, "SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'")
        );
    }

    [Theory]
    [InlineData("caseless", "ENCODING 'UTF8' LOCALE 'C'", "locale 'C'")]
    [InlineData("bytes", "ENCODING 'SQL_ASCII' LOCALE 'C'", "not encoded in UTF8")]
    public async Task Check_OfADatabaseThatLosesCyrillic_SaysHowToMakeARightOne(
        string name,
        string manner,
        string reason
    )
    {
        await AskAsync(own.Server.SuperuserConnectionString, $"CREATE DATABASE {name} TEMPLATE template0 {manner}");

        var refusal = await Assert.ThrowsAsync<PostgresUnavailableException>(() => CheckAsync(Superuser, name));

        Assert.Contains(reason, refusal.Message);
        Assert.Contains($"CREATE DATABASE \"{name}\"", refusal.Message);
    }

    [Fact]
    public async Task Check_WithoutTheNameCollation_IsRefused()
    {
        await AskAsync(Superuser, "CREATE DATABASE unsorted");
        await AskAsync(In(Superuser, "unsorted"), "DELETE FROM pg_collation WHERE collname = 'uk-x-icu'");

        var refusal = await Assert.ThrowsAsync<PostgresUnavailableException>(() => CheckAsync(Superuser, "unsorted"));

        Assert.Contains(PostgresPreflight.NameCollation, refusal.Message);
    }

    [Fact]
    public async Task Check_ByARoleThatMayNotInstallTheExtension_SaysWhatToAskFor()
    {
        await AskAsync(Superuser, "CREATE DATABASE not_ours");

        var refusal = await Assert.ThrowsAsync<PostgresUnavailableException>(() =>
            CheckAsync(own.Server.DirectConnectionString, "not_ours")
        );

        Assert.Contains("CREATE EXTENSION pg_trgm", refusal.Message);
    }

    private string Superuser => own.Server.SuperuserConnectionString;

    private static Task CheckAsync(string connectionString, string database) =>
        PostgresPreflight.CheckAsync(In(connectionString, database), Token);

    private static string In(string connectionString, string database) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Database = database }.ConnectionString;

    /// <summary>A server of these tests' own, since they spoil databases.</summary>
    public sealed class OwnServer : IAsyncLifetime
    {
        public PrivatePostgresServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await StartAsync(TestServer.NewOptions());

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
