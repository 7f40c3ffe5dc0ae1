using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Data;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

namespace ProPartHub.Tests.Data;

/// <summary>Locks that stood before it was noted who set them are told apart by the audit, and by their length.</summary>
public sealed class AdminLockMigrationTests
{
    private static readonly TemplateDatabase Empty = new("empty_for_admin_lock", (_, _) => Task.CompletedTask);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StandingLocks_AreTheirs_WhoSetThem()
    {
        await using var database = await TestDatabase.CreateAsync(Empty, Token);
        await using var services = new ServiceCollection()
            .AddHubData(database.ConnectionString, new DatabaseOptions { MaxPoolSize = 2 })
            .BuildServiceProvider();
        await using var db = await services
            .GetRequiredService<IDbContextFactory<HubDbContext>>()
            .CreateDbContextAsync(Token);
        var migrations = db.GetInfrastructure().GetRequiredService<IMigrator>();
        var before = db
            .Database.GetMigrations()
            .TakeWhile(name => !name.EndsWith("_AdminLock", StringComparison.Ordinal));
        await migrations.MigrateAsync(before.Last(), Token);
        await db.Database.ExecuteSqlRawAsync(People, Token);

        await migrations.MigrateAsync(cancellationToken: Token);

        Assert.Equal(
            ["admin, last minutes", "long"],
            await db
                .Users.Where(user => user.LockedByAdmin)
                .OrderBy(user => user.DisplayName)
                .Select(user => user.DisplayName)
                .ToListAsync(Token)
        );
    }

    // 3: locked after wrong passwords, 12: locked by an admin.
    private const string People = """
        INSERT INTO users (id, display_name, role, aliases, is_active, is_demo, is_verified, culture, created_at,
            email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, lockout_end)
        SELECT ('00000000-0000-7000-8000-00000000000' || row_number() OVER ())::uuid, name, 1, ARRAY[]::text[], true, false,
            true, 'uk', now(), true, false, false, true, 0, now() + minutes * interval '1 minute'
        FROM (VALUES ('admin, last minutes', 20), ('guesses', 20), ('guesses after an admin', 20), ('long', 600),
            ('over', -5)) AS people (name, minutes);
        INSERT INTO security_events (occurred_at, kind, user_id, details)
        SELECT now() - hours * interval '1 hour', kind, id, jsonb_build_object()
        FROM (VALUES ('admin, last minutes', 30, 3), ('admin, last minutes', 23, 12), ('guesses', 1, 3),
            ('guesses after an admin', 40, 12), ('guesses after an admin', 1, 3), ('over', 24, 12)) AS events (name, hours, kind)
        JOIN users ON users.display_name = events.name;
        """;
}
