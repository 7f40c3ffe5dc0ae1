using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Data;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

namespace ProPartHub.Tests.Data;

/// <summary>Leads that were there before know when they were worked and answered, as far as their history tells.</summary>
public sealed class AutomationMigrationTests
{
    private static readonly TemplateDatabase Empty = new("empty_template", (_, _) => Task.CompletedTask);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PastWork_IsKnown_AndNobodyIsLateWithWhatAnImportBrought()
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
            .TakeWhile(name => !name.EndsWith("_Automation", StringComparison.Ordinal));
        await migrations.MigrateAsync(before.Last(), Token);
        await db.Database.ExecuteSqlRawAsync(Data, Token);

        await migrations.MigrateAsync(cancellationToken: Token);

        var leads = await db
            .Leads.OrderBy(lead => lead.Id)
            .Select(lead => new
            {
                Worked = lead.WorkedAt.Day,
                Assigned = lead.AssignedAt.Day,
                Answered = lead.AnsweredAt == null ? (int?)null : lead.AnsweredAt.Value.Day,
                lead.AwaitsAssignment,
            })
            .ToListAsync(Token);
        Assert.Equal(
            [(5, 1, 3), (4, 4, null), (1, 1, 1), (6, 1, 6)],
            leads.Select(lead => (lead.Worked, lead.Assigned, lead.Answered))
        );
        Assert.DoesNotContain(leads, lead => lead.AwaitsAssignment);
    }

    // 3: commented by its agent on the 3rd and 5th. 4: the agent before commented, handed over on the 4th. 5: imported.
    // 6: a call on the 6th, a mail of the client on the 2nd.
    private const string Data = """
        INSERT INTO users (id, display_name, role, aliases, is_active, must_change_password, is_verified, is_demo, culture, created_at,
            email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
        VALUES ('00000000-0000-7000-8000-00000000000a', 'Олена', 1, '{{}}', true, false, true, false, 'uk', now(), true, false, false, false, 0);
        INSERT INTO users (id, display_name, role, aliases, is_active, must_change_password, is_verified, is_demo, culture, created_at,
            email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
        VALUES ('00000000-0000-7000-8000-00000000000b', 'Тарас', 1, '{{}}', true, false, true, false, 'uk', now(), true, false, false, false, 0);
        INSERT INTO pipelines (id, hub_spot_id, label, display_order, is_for_new_leads)
        VALUES ('00000000-0000-7000-8000-000000000001', 'p', 'Ліди', 0, true);
        INSERT INTO stages (id, pipeline_id, hub_spot_id, label, display_order, status, is_status_confirmed)
        VALUES ('00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', 's', 'Новий', 0, 1, false);
        INSERT INTO leads (id, client_name, stage_id, agent_id, status, currency, attention, is_demo, search_text, created_at, updated_at,
            stage_changed_at, transferred_at)
        SELECT ('00000000-0000-7000-8000-00000000000' || number)::uuid, 'Клієнт', '00000000-0000-7000-8000-000000000002',
            '00000000-0000-7000-8000-00000000000a', 1, 'USD', 0, false, '', timestamptz '2026-03-01 12:00Z',
            timestamptz '2026-03-01 12:00Z', timestamptz '2026-03-01 12:00Z',
            CASE number WHEN 4 THEN timestamptz '2026-03-04 12:00Z' END
        FROM generate_series(3, 6) AS number;
        INSERT INTO lead_events (lead_id, kind, origin, occurred_at, actor_id, actor_name, changes)
        SELECT ('00000000-0000-7000-8000-00000000000' || number)::uuid, kind, origin, ('2026-03-0' || day || ' 12:00Z')::timestamptz,
            ('00000000-0000-7000-8000-00000000000' || who)::uuid, 'x', '[]'
        FROM (VALUES (3, 1, 1, 1, 'a'), (3, 7, 1, 3, 'a'), (3, 7, 1, 5, 'a'), (4, 1, 1, 1, 'b'), (4, 7, 1, 2, 'b'),
            (5, 1, 3, 1, 'a'), (6, 1, 1, 1, 'a')) AS event (number, kind, origin, day, who);
        INSERT INTO activities (id, lead_id, kind, hub_spot_id, occurred_at, direction)
        VALUES (gen_random_uuid(), '00000000-0000-7000-8000-000000000006', 1, '1', '2026-03-06 12:00Z', 'OUTBOUND'),
            (gen_random_uuid(), '00000000-0000-7000-8000-000000000006', 2, '2', '2026-03-02 12:00Z', 'INCOMING_EMAIL');
        """;
}
