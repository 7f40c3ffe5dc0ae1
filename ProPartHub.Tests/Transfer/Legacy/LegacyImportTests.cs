using Microsoft.EntityFrameworkCore;
using Npgsql;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Domain.Privacy;
using ProPartHub.Domain.Timeline;
using ProPartHub.Domain.Transfer.Legacy;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

namespace ProPartHub.Tests.Transfer.Legacy;

/// <summary>Runs after runs: nothing twice, nothing lost, nothing overwritten.</summary>
public sealed class LegacyImportTests : IAsyncLifetime
{
    private const string Everything = """
        INSERT INTO "user" (id, username, email, admin_id, commission, verification_requested) VALUES
            (3, 'second', 'IVAN@old.example.com', 1, 'NaN', true), (4, 'lost', 'lost@old.example.com', 99, 3, false);
        INSERT INTO lead (id, agent_id, deal_name, phone, company, budget, hubspot_stage_label, hubspot_deal_id) VALUES
            (1, 2, 'Перша', '+380501234567', 'Ромашка', 'до 200к', 'Переговоры', '9001'),
            (2, 2, 'Друга', '+380501234567', NULL, 'дорого', 'Нечувана', '9001'),
            (3, 99, 'Третя', NULL, NULL, NULL, NULL, NULL), (4, 1, 'Четверта', 'x', NULL, NULL, 'Мусор', NULL);
        INSERT INTO comment (id, lead_id, user_id, parent_id, content, hubspot_note_id) VALUES
            (1, 1, 2, NULL, 'Перший', '701'), (2, 1, 1, 1, 'Другий', NULL), (3, 99, 2, NULL, 'Нічий', NULL),
            (4, 2, 2, 1, 'Чужа відповідь', NULL);
        INSERT INTO activity (id, lead_id, activity_type) VALUES (1, 1, 'call');
        INSERT INTO property (id, name, location_country, location_city, price_from, created_by) VALUES (1, 'А', 'Балі', 'Убуд', 1000, 1);
        INSERT INTO property_unit (id, property_id, unit_type, size_from, price_per_unit) VALUES (1, 1, '2', 60, 1000), (2, 9, '2', 60, 1000);
        INSERT INTO property_photo (id, property_id, filename, file_path) VALUES (1, 1, 'a.jpg', 'properties/a.jpg');
        """;

    private LegacyBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bed = await LegacyBed.CreateAsync();
        await _bed.Portal.RunAsync(Everything);
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task DryRun_WritesNothing_AndSaysWhatTheRunThenDoes()
    {
        var before = await _bed.PrintAsync();

        var dry = await _bed.MoveAsync(isApplied: false, files: Path.GetTempPath());

        Assert.Equal(before, await _bed.PrintAsync());
        Assert.False(dry.IsApplied);
        var real = await _bed.MoveAsync(files: Path.GetTempPath());
        Assert.Equal(dry.Counts, real.Counts);
        Assert.Equal(dry.Lines, real.Lines);
        Assert.NotEmpty(real.Lines);
        Assert.NotEqual(before, await _bed.PrintAsync());
    }

    [Fact]
    public async Task SecondRun_ChangesNothing()
    {
        await _bed.MoveAsync();
        var before = await RowsAsync();

        var report = await _bed.MoveAsync();

        Assert.Equal(before, await RowsAsync());
        Assert.All(report.Counts, count => Assert.Equal((0, 0), (count.Brought, count.Changed)));
        Assert.Equal(4, report.Counts.Single(count => count.Table == "lead").Unchanged);
        // Only what could not be brought is said again.
        Assert.Equal(
            ["activity-left-out", "comment-without-lead", "unit-without-property"],
            report.Lines.Select(line => line.Rule.Name).Order()
        );
    }

    [Fact]
    public async Task LaterRun_BringsWhatIsNew_AndLeavesWhatWasChangedHere()
    {
        await _bed.MoveAsync();
        var (first, comment, unit) = (
            await _bed.NewAsync(LegacyKind.Lead, 1),
            await _bed.NewAsync(LegacyKind.Comment, 1),
            await _bed.NewAsync(LegacyKind.Unit, 1)
        );
        await _bed
            .Hub.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, token) =>
                {
                    var lead = await db.Leads.SingleAsync(row => row.Id == first, token);
                    (lead.Company, lead.Telegram) = ("Тут", "here");
                    (await db.Units.SingleAsync(row => row.Id == unit, token)).IsAvailable = false;
                    await db.Outbox.ExecuteDeleteAsync(token);
                },
                Token
            );
        await _bed.Portal.RunAsync(
            """
            UPDATE lead SET company = 'Там', second_phone = '+380671112233', hubspot_stage_label = 'Сделка закрыта', agent_id = 3
            WHERE id = 1;
            UPDATE comment SET content = 'Перший, виправлено' WHERE id = 1;
            UPDATE property_unit SET price_per_unit = 1100 WHERE id = 1;
            UPDATE "user" SET points = 3300, commission = 9, username = 'ivan_new', is_active = false WHERE id = 2;
            INSERT INTO lead (id, agent_id, deal_name, phone) VALUES (5, 3, 'Нова', '+380501234599');
            INSERT INTO comment (id, lead_id, user_id, parent_id, content) VALUES (5, 5, 3, NULL, 'Нова'), (6, 1, 2, 2, 'Третій');
            """
        );
        _bed.Hub.Time.Advance(TimeSpan.FromMinutes(1));

        var report = await _bed.MoveAsync();

        var lead = await _bed.Hub.LoadAsync(first);
        Assert.Equal(("Тут", "here", "+380671112233"), (lead.Company, lead.Telegram, lead.SecondPhone));
        Assert.Equal((LeadStatus.Won, await _bed.NewAsync(LegacyKind.User, 3)), (lead.Status, lead.AgentId));
        Assert.Equal([1L], report.Of("changed-on-both-sides", "lead"));
        var kinds = await _bed.ReadAsync(db =>
            db.LeadEvents.Where(entry => entry.LeadId == first)
                .OrderBy(entry => entry.Id)
                .Select(entry => new { entry.Kind, entry.Origin })
                .ToListAsync(Token)
        );
        Assert.Equal(
            [
                LeadEventKind.Created,
                LeadEventKind.Edited,
                LeadEventKind.StageChanged,
                LeadEventKind.Transferred,
                LeadEventKind.CommentEdited,
            ],
            kinds.Select(entry => entry.Kind)
        );
        Assert.All(kinds, entry => Assert.Equal(ChangeOrigin.Import, entry.Origin));
        Assert.Equal(
            "Перший, виправлено",
            (await _bed.ReadAsync(db => db.Comments.SingleAsync(row => row.Id == comment, Token))).Body
        );
        Assert.Equal(
            (1100m, false),
            await _bed.ReadAsync(db => db.Units.SingleAsync(row => row.Id == unit, Token)) is var flat
                ? (flat.Price, flat.IsAvailable)
                : default
        );
        var ivan = await _bed.NewAsync(LegacyKind.User, 2);
        var user = await _bed.ReadAsync(db => db.Users.SingleAsync(row => row.Id == ivan, Token));
        Assert.Equal((false, "ivan_broker"), (user.IsActive, user.UserName));
        Assert.Equal([2L], report.Of("account-not-followed", "user"));
        Assert.Equal(
            [7.5m, 9m],
            await _bed.ReadAsync(db =>
                db.CommissionRates.Where(row => row.UserId == ivan)
                    .OrderBy(row => row.Since)
                    .Select(row => row.Percent)
                    .ToListAsync(Token)
            )
        );
        // The opening entry and what came since; a deal closed there gives no points here on top.
        Assert.Equal(
            [2300, 1000],
            await _bed.ReadAsync(db =>
                db.PointEntries.OrderBy(row => row.At).Select(row => row.Points).ToListAsync(Token)
            )
        );
        var answer = await _bed.NewAsync(LegacyKind.Comment, 6);
        Assert.Equal(
            await _bed.NewAsync(LegacyKind.Comment, 2),
            (await _bed.ReadAsync(db => db.Comments.SingleAsync(row => row.Id == answer, Token))).QuotedCommentId
        );
        Assert.Equal(
            (1, 1, 3),
            report.Counts.Single(count => count.Table == "lead") is var count
                ? (count.Brought, count.Changed, count.Unchanged)
                : default
        );
        Assert.Empty(await _bed.ReadAsync(db => db.Outbox.ToListAsync(Token)));
        Assert.Empty((await _bed.MoveAsync()).Of("changed-on-both-sides", "lead"));
    }

    [Fact]
    public async Task Crash_BetweenBatches_IsGoneOnFrom()
    {
        await _bed.Portal.RunAsync(
            """
            INSERT INTO lead (id, agent_id, deal_name, phone)
            SELECT 100 + n, 2, 'Лід ' || n, '+38050' || (2000000 + n) FROM generate_series(1, 230) AS n;
            """
        );
        await using var hub = new NpgsqlConnection(_bed.Hub.ConnectionString);
        await hub.OpenAsync(Token);
        await ExecuteAsync(
            hub,
            """
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'crash'; END $$;
            CREATE TRIGGER fail BEFORE INSERT ON leads FOR EACH ROW WHEN (NEW.client_name = 'Лід 150') EXECUTE FUNCTION fail();
            """
        );

        await Assert.ThrowsAsync<DbUpdateException>(() => _bed.MoveAsync());

        Assert.Equal(100, await _bed.ReadAsync(db => db.Leads.CountAsync(Token)));
        await ExecuteAsync(hub, "DROP TRIGGER fail ON leads");
        var report = await _bed.MoveAsync();
        Assert.Equal(234, await _bed.ReadAsync(db => db.Leads.CountAsync(Token)));
        Assert.Equal(
            (134, 100),
            report.Counts.Single(count => count.Table == "lead") is var count
                ? (count.Brought, count.Unchanged)
                : default
        );
        Assert.Equal(
            234,
            await _bed.ReadAsync(db => db.LeadEvents.Select(entry => entry.LeadId).Distinct().CountAsync(Token))
        );
    }

    [Fact]
    public async Task Run_TellsPagesOnce_AndGivesNobodyNotificationsOrWork()
    {
        await using var hub = new NpgsqlConnection(_bed.Hub.ConnectionString);
        await hub.OpenAsync(Token);
        var told = new List<string>();
        hub.Notification += (_, message) => told.Add(message.Payload);
        await ExecuteAsync(hub, $"LISTEN {FeedMessage.Channel}");

        await _bed.MoveAsync();

        await ExecuteAsync(hub, "SELECT 1");
        Assert.True(FeedMessage.Parse(Assert.Single(told)).IsRefreshAll);
        Assert.Empty(await _bed.ReadAsync(db => db.Outbox.ToListAsync(Token)));
        Assert.Empty(await _bed.ReadAsync(db => db.Notifications.ToListAsync(Token)));
        Assert.Empty(await _bed.ReadAsync(db => db.Mails.ToListAsync(Token)));
        Assert.False(await _bed.ReadAsync(db => db.Leads.AnyAsync(lead => lead.AwaitsAssignment, Token)));
    }

    [Fact]
    public async Task LeadsWithoutADeal_WaitForHubSpot_OnlyWhenAsked()
    {
        await _bed.MoveAsync();

        var report = await _bed.MoveAsync(queues: true);

        // Lead 4 is lost; lead 2 had a deal, if another's.
        var waiting = await _bed.ReadAsync(db => db.Outbox.SingleAsync(Token));
        Assert.Equal(await _bed.NewAsync(LegacyKind.Lead, 3), waiting.LeadId);
        Assert.Equal(
            (2, 1),
            report.Counts.Single(count => count.Table.Contains("HubSpot", StringComparison.Ordinal)) is var count
                ? (count.Read, count.Brought)
                : default
        );
    }

    [Fact]
    public async Task TwoRunsAtOnce_AreRefused_AndSoIsTheSandbox_AndAnotherDatabase()
    {
        await using (
            await HeldTransaction.BeginAsync(
                _bed.Hub.ConnectionString,
                $"SELECT pg_advisory_lock({0x6D6F76696E67696E})",
                Token
            )
        )
        {
            await Assert.ThrowsAsync<LegacyRefusedException>(() => _bed.MoveAsync());
        }

        await _bed.Portal.RunAsync("ALTER TABLE lead RENAME TO leads");
        await Assert.ThrowsAsync<LegacyRefusedException>(() => _bed.MoveAsync());
        await _bed.Portal.RunAsync("ALTER TABLE leads RENAME TO lead");
        await _bed
            .Hub.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.HubSpotAccounts.Add(
                        new HubSpotAccount
                        {
                            PortalId = 1,
                            IsSandbox = true,
                            TimeZone = "UTC",
                            BoundAt = _bed.Hub.Time.GetUtcNow(),
                        }
                    );
                    return Task.CompletedTask;
                },
                Token
            );
        await Assert.ThrowsAsync<LegacyRefusedException>(() => _bed.MoveAsync());
        Assert.Empty(await _bed.ReadAsync(db => db.LegacyIds.ToListAsync(Token)));
    }

    [Fact]
    public async Task OlderSchema_IsReadAsFarAsItGoes()
    {
        await _bed.Portal.RunAsync(
            """
            DROP TABLE unit_photo; DROP TABLE comment;
            ALTER TABLE lead DROP COLUMN hubspot_stage_label, DROP COLUMN second_phone;
            ALTER TABLE "user" DROP COLUMN admin_id, DROP COLUMN points;
            """
        );

        var report = await _bed.MoveAsync();

        Assert.Equal([null], report.Of("table-missing", "unit_photo"));
        Assert.Equal([null], report.Of("table-missing", "comment"));
        Assert.Contains(
            "second_phone, hubspot_stage_label",
            Assert.Single(report.Lines, line => line.Rule.Name == "columns-missing" && line.Table == "lead").What,
            StringComparison.Ordinal
        );
        Assert.Equal(4, await _bed.ReadAsync(db => db.Leads.CountAsync(Token)));
    }

    [Fact]
    public async Task ErasedClient_LeavesNoPrints_AndIsNotBroughtAgain()
    {
        await _bed.MoveAsync();
        var id = await _bed.NewAsync(LegacyKind.Lead, 1);
        var number = (await _bed.Hub.LoadAsync(id)).Number;
        await _bed.Hub.Get<ClientErasure>().EraseAsync(_bed.Hub.Ada, id, $"L-{number}", "Asked for it", [id], Token);
        await _bed.Portal.RunAsync(
            "UPDATE lead SET company = 'Знову' WHERE id = 1; INSERT INTO comment (id, lead_id, user_id, content) VALUES (9, 1, 2, 'Знову')"
        );

        var report = await _bed.MoveAsync();

        var lead = await _bed.Hub.LoadAsync(id);
        Assert.Equal(($"L-{number}", (string?)null), (lead.ClientName, lead.Company));
        Assert.Equal([1L], report.Of("gone-here", "lead"));
        Assert.Equal([9L], report.Of("client-erased", "comment"));
        var prints = await _bed.ReadAsync(db => db.LegacyIds.SingleAsync(row => row.NewId == id, Token));
        Assert.Empty(prints.Fields);
    }

    // Without what every run adds: its audit entry, its operations and the numbers they took.
    private async Task<string> RowsAsync() =>
        string.Join(
            '\n',
            (await _bed.PrintAsync())
                .Split('\n')
                .Where(line =>
                    !line.StartsWith("security_events", StringComparison.Ordinal)
                    && !line.StartsWith("operations", StringComparison.Ordinal)
                    && !line.Contains("ix_", StringComparison.Ordinal)
                )
                .SkipLast(1)
        );

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }
}
