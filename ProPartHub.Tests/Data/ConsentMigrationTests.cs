using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Data;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

namespace ProPartHub.Tests.Data;

/// <summary>A consent that was recorded before its recorder was kept is that of whoever registered the lead.</summary>
public sealed class ConsentMigrationTests
{
    private static readonly TemplateDatabase Empty = new("empty_for_consent", (_, _) => Task.CompletedTask);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ConsentUntilNow_NamesWhoRegisteredTheLead()
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
            .TakeWhile(name => !name.EndsWith("_ConsentWithdrawal", StringComparison.Ordinal));
        await migrations.MigrateAsync(before.Last(), Token);
        await db.Database.ExecuteSqlRawAsync(Data, Token);

        await migrations.MigrateAsync(cancellationToken: Token);

        var leads = await db.Leads.OrderBy(lead => lead.ClientName).ToListAsync(Token);
        Assert.Equal(["Олена", null, null], leads.Select(lead => lead.ConsentBy));
    }

    private const string Data = """
        INSERT INTO pipelines (id, hub_spot_id, label, display_order, is_for_new_leads)
        VALUES ('00000000-0000-7000-8000-000000000001', 'p', 'Ліди', 0, true);
        INSERT INTO stages (id, pipeline_id, hub_spot_id, label, display_order, status, is_status_confirmed)
        VALUES ('00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', 's', 'Новий', 0, 1, false);
        INSERT INTO leads (id, client_name, consent_at, stage_id, status, currency, attention, is_demo, search_text, created_at, updated_at, stage_changed_at)
        SELECT ('00000000-0000-7000-8000-00000000001' || number)::uuid, name, agreed, '00000000-0000-7000-8000-000000000002', 1, 'USD', 0, false, '', now(), now(), now()
        FROM (VALUES (1, 'А погодився', now()), (2, 'Б погодився, ім’я стерто', now()), (3, 'В не питали', NULL)) AS lead (number, name, agreed);
        INSERT INTO lead_events (lead_id, kind, origin, occurred_at, actor_name, changes)
        SELECT id, 1, 1, now(), CASE WHEN client_name LIKE 'Б%' THEN '' ELSE 'Олена' END, '[]' FROM leads;
        INSERT INTO lead_events (lead_id, kind, origin, occurred_at, actor_name, changes)
        SELECT id, 2, 1, now(), 'Хтось інший', '[]' FROM leads;
        """;
}
