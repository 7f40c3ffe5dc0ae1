using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Points;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

namespace ProPartHub.Tests.Data;

/// <summary>What happened before there was a ledger gives its points, once; what an import brought gives none.</summary>
public sealed class PointMigrationTests
{
    private static readonly TemplateDatabase Empty = new("empty_template", (_, _) => Task.CompletedTask);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PastLeadsAndDeals_GiveTheirPoints()
    {
        await using var database = await TestDatabase.CreateAsync(Empty, Token);
        await using var services = new ServiceCollection()
            .AddHubData(database.ConnectionString, new DatabaseOptions { MaxPoolSize = 2 })
            .BuildServiceProvider();
        await using var db = await services
            .GetRequiredService<IDbContextFactory<HubDbContext>>()
            .CreateDbContextAsync(Token);
        var migrations = db.GetInfrastructure().GetRequiredService<IMigrator>();
        var before = db.Database.GetMigrations().TakeWhile(name => !name.EndsWith("_Points", StringComparison.Ordinal));
        await migrations.MigrateAsync(before.Last(), Token);
        await db.Database.ExecuteSqlRawAsync(Data, Token);

        await migrations.MigrateAsync(cancellationToken: Token);
        await db.Database.ExecuteSqlRawAsync(PointBackfill.Sql, Token);

        var entries = await db
            .PointEntries.OrderBy(entry => entry.LeadId)
            .ThenBy(entry => entry.Kind)
            .ToListAsync(Token);
        Assert.Equal(
            [
                (3, PointKind.LeadCreated, 100),
                (3, PointKind.DealWon, 1_000),
                (4, PointKind.LeadCreated, 100),
                (5, PointKind.DealWon, 1_000),
            ],
            entries.Select(entry => (int.Parse(entry.LeadId!.Value.ToString()[^1..]), entry.Kind, entry.Points))
        );
    }

    // 3: registered here, won. 4: registered here, won and open again. 5: imported, won since. 6: imported as won.
    private const string Data = """
        INSERT INTO users (id, display_name, role, aliases, is_active, must_change_password, is_verified, is_demo, culture, created_at,
            email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
        VALUES ('00000000-0000-7000-8000-00000000000a', 'Олена', 1, '{{}}', true, false, true, false, 'uk', now(), true, false, false, false, 0);
        INSERT INTO pipelines (id, hub_spot_id, label, display_order, is_for_new_leads)
        VALUES ('00000000-0000-7000-8000-000000000001', 'p', 'Ліди', 0, true);
        INSERT INTO stages (id, pipeline_id, hub_spot_id, label, display_order, status, is_status_confirmed)
        VALUES ('00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', 's', 'Новий', 0, 1, false);
        INSERT INTO leads (id, client_name, stage_id, agent_id, status, currency, attention, is_demo, search_text, created_at, updated_at, stage_changed_at)
        SELECT ('00000000-0000-7000-8000-00000000000' || number)::uuid, 'Клієнт', '00000000-0000-7000-8000-000000000002',
            '00000000-0000-7000-8000-00000000000a', CASE number WHEN 4 THEN 2 ELSE 4 END, 'USD', 0, false, '', now(), now(), now()
        FROM generate_series(3, 6) AS number;
        INSERT INTO lead_events (lead_id, kind, origin, occurred_at, actor_name, changes, agent_id)
        SELECT ('00000000-0000-7000-8000-00000000000' || number)::uuid, kind, origin, now(), 'x', '[]', '00000000-0000-7000-8000-00000000000a'
        FROM (VALUES (3, 1, 1), (3, 3, 1), (4, 1, 1), (4, 3, 1), (4, 3, 1), (5, 1, 3), (5, 3, 2), (6, 1, 3)) AS event (number, kind, origin);
        """;
}
