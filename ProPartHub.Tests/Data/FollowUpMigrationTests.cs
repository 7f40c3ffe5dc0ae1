using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Data;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

namespace ProPartHub.Tests.Data;

/// <summary>Tasks that earlier versions kept as activities make way to be imported as follow-ups; nothing else moves.</summary>
public sealed class FollowUpMigrationTests
{
    private static readonly TemplateDatabase Empty = new("empty_template", (_, _) => Task.CompletedTask);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tasks_AreImportedAnew_AndOtherActivitiesStay()
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
            .TakeWhile(name => !name.EndsWith("_FollowUps", StringComparison.Ordinal));
        await migrations.MigrateAsync(before.Last(), Token);
        await db.Database.ExecuteSqlRawAsync(Data, Token);

        await migrations.MigrateAsync(cancellationToken: Token);

        Assert.Equal(["1"], await TextsAsync(db, "SELECT hub_spot_id AS \"Value\" FROM activities"));
        Assert.Equal(["calls"], await TextsAsync(db, "SELECT object_type AS \"Value\" FROM sync_cursors"));
    }

    private static Task<List<string>> TextsAsync(HubDbContext db, string sql) =>
        db.Database.SqlQueryRaw<string>(sql).ToListAsync(Token);

    private const string Data = """
        INSERT INTO pipelines (id, hub_spot_id, label, display_order, is_for_new_leads)
        VALUES ('00000000-0000-7000-8000-000000000001', 'p', 'Ліди', 0, true);
        INSERT INTO stages (id, pipeline_id, hub_spot_id, label, display_order, status, is_status_confirmed)
        VALUES ('00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', 's', 'Новий', 0, 1, false);
        INSERT INTO leads (id, client_name, stage_id, status, currency, attention, is_demo, search_text, created_at, updated_at, stage_changed_at)
        VALUES ('00000000-0000-7000-8000-000000000003', 'Клієнт', '00000000-0000-7000-8000-000000000002', 1, 'USD', 0, false, '', now(), now(), now());
        INSERT INTO activities (id, lead_id, kind, hub_spot_id, occurred_at)
        SELECT gen_random_uuid(), '00000000-0000-7000-8000-000000000003', kind, kind::text, now() FROM unnest(ARRAY[1, 4]) kind;
        INSERT INTO sync_cursors (object_type, imported)
        SELECT kind, 1 FROM unnest(ARRAY['calls', 'tasks', 'compared/tasks']) kind;
        """;
}
