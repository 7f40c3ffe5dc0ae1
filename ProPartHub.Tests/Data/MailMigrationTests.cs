using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Data;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

namespace ProPartHub.Tests.Data;

/// <summary>Whoever had an account before addresses were confirmed and agents verified still comes in.</summary>
public sealed class MailMigrationTests
{
    private static readonly TemplateDatabase Empty = new("empty_for_mail", (_, _) => Task.CompletedTask);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PeopleUntilNow_AreConfirmedAndVerified()
    {
        await using var database = await TestDatabase.CreateAsync(Empty, Token);
        await using var services = new ServiceCollection()
            .AddHubData(database.ConnectionString, new DatabaseOptions { MaxPoolSize = 2 })
            .BuildServiceProvider();
        await using var db = await services
            .GetRequiredService<IDbContextFactory<HubDbContext>>()
            .CreateDbContextAsync(Token);
        var migrations = db.GetInfrastructure().GetRequiredService<IMigrator>();
        var before = db.Database.GetMigrations().TakeWhile(name => !name.EndsWith("_Mails", StringComparison.Ordinal));
        await migrations.MigrateAsync(before.Last(), Token);
        await db.Database.ExecuteSqlRawAsync(Person, Token);

        await migrations.MigrateAsync(cancellationToken: Token);

        var user = await db.Users.SingleAsync(Token);
        Assert.True(user.EmailConfirmed);
        Assert.True(user.IsVerified);
    }

    private const string Person = """
        INSERT INTO users (id, display_name, role, aliases, is_active, is_demo, culture, created_at, email_confirmed,
            phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
        VALUES ('00000000-0000-7000-8000-000000000001', 'Agent', 1, ARRAY[]::text[], true, false, 'uk', now(), false,
            false, false, true, 0);
        """;
}
