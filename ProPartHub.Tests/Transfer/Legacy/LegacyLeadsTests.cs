using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;
using ProPartHub.Domain.Transfer.Legacy;
using Xunit;

namespace ProPartHub.Tests.Transfer.Legacy;

public sealed class LegacyLeadsTests : IAsyncLifetime
{
    private LegacyBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await LegacyBed.CreateAsync();

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Lead_ComesWithEveryFieldAndItsOldDates()
    {
        await _bed.Portal.RunAsync(
            """
            INSERT INTO lead (id, agent_id, deal_name, email, phone, second_phone, company, telegram_nickname, messenger,
                birth_date, budget, status, hubspot_stage_label, is_transferred, notes, country, purchase_goal, property_type,
                object_type, communication_language, source, refusal_reason, hubspot_contact_id, hubspot_deal_id,
                created_at, updated_at, last_sync_at)
            VALUES (7, 2, 'Олена Петренко', 'Olena@Example.com', '+380 50 123 4567', '+380671112233', 'Ромашка', '@olena',
                'WhatsApp', '1988-02-29', '200к–500к', 'qualified', 'Переговоры', true,
                E'HubSpot Deal Owner: Somebody\nДзвонити зранку\nHubSpot Responsible Agent: ivan', 'Дубай', 'для себя', 'вторичка', 'вилла',
                'украинский', 'ютуб', 'риелтор', '301', '9001', '2025-11-03 10:00:00.25', '2025-12-01 08:30:00',
                '2025-12-05 12:00:00');
            """
        );

        var report = await _bed.MoveAsync();

        var lead = await LeadAsync(7);
        Assert.Equal(
            ("Олена Петренко", "olena@example.com", "+380501234567", "+380671112233"),
            (lead.ClientName, lead.Email, lead.Phone, lead.SecondPhone)
        );
        Assert.Equal(("Ромашка", "olena", "whatsapp"), (lead.Company, lead.Telegram, lead.Messenger));
        Assert.Equal(new DateOnly(1988, 2, 29), lead.BirthDate);
        Assert.Equal((200_000m, 500_000m, "USD"), (lead.BudgetFrom, lead.BudgetTo, lead.Currency));
        Assert.Equal(
            ("Дубай", "для себя", "вторичка", "вилла", "украинский", "ютуб", "риелтор"),
            (
                lead.Country,
                lead.PurchaseGoal,
                lead.PropertyType,
                lead.ObjectType,
                lead.Language,
                lead.Source,
                lead.RefusalReason
            )
        );
        Assert.Equal("Дзвонити зранку", lead.Notes);
        Assert.Equal((LeadStatus.Qualified, Attention.None), (lead.Status, lead.Attention));
        Assert.Equal(await _bed.NewAsync(LegacyKind.User, 2), lead.AgentId);
        Assert.NotNull(lead.TeamId);
        Assert.Equal(At(2025, 11, 3, 10).AddMilliseconds(250), lead.CreatedAt);
        Assert.Equal(At(2025, 12, 1, 8, 30), lead.UpdatedAt);
        Assert.Equal(At(2025, 12, 1, 8, 30), lead.TransferredAt);
        // Nobody is late with it.
        Assert.Equal(lead.CreatedAt, lead.AnsweredAt);
        Assert.False(lead.AwaitsAssignment);

        var sync = await _bed.ReadAsync(db => db.LeadSyncs.SingleAsync(Token));
        Assert.Equal(("9001", "301", At(2025, 12, 5, 10)), (sync.DealId, sync.ContactId, sync.PulledAt));
        // No common snapshot: the first exchange compares without a base.
        Assert.Empty(sync.Agreed);
        Assert.Empty(sync.DealSnapshot);

        var entry = await _bed.ReadAsync(db => db.LeadEvents.SingleAsync(Token));
        Assert.Equal(
            (LeadEventKind.Created, ChangeOrigin.Import, lead.CreatedAt),
            (entry.Kind, entry.Origin, entry.OccurredAt)
        );
        Assert.Equal([7L], report.Of("notes-of-hubspot", "lead"));
    }

    [Theory]
    [InlineData("Сделка закрыта", "new", null, null, LeadStatus.Won, null)]
    [InlineData("Мусор", "closed", null, null, LeadStatus.Lost, null)]
    [InlineData("назначена встреча/тур", "new", null, null, LeadStatus.Qualified, null)]
    [InlineData("appointmentscheduled", "closed", null, null, LeadStatus.New, null)]
    [InlineData("3204738245", "new", null, null, LeadStatus.Contacted, null)]
    [InlineData("Щось нове", "contacted", null, null, LeadStatus.Contacted, "stage-unknown")]
    [InlineData(null, "contacted", null, null, LeadStatus.Contacted, "stage-by-status")]
    [InlineData(null, null, null, null, LeadStatus.New, "stage-by-status")]
    [InlineData(null, "дивно", null, null, LeadStatus.New, "stage-unknown")]
    [InlineData(null, "closed", "риелтор", null, LeadStatus.Lost, "closed-with-refusal")]
    [InlineData(null, "closed", "риелтор", "[Угода закрита 01.12.2025 15:00]", LeadStatus.Won, "stage-by-status")]
    public async Task Stage_FollowsTheLabel_ThenTheStatus(
        string? label,
        string? status,
        string? refusal,
        string? notes,
        LeadStatus expected,
        string? rule
    )
    {
        await _bed.Portal.RunAsync(
            $"""
            INSERT INTO lead (id, agent_id, deal_name, phone, status, hubspot_stage_label, refusal_reason, notes)
            VALUES (1, 2, 'Клієнт', '+380501234567', {Sql(status)}, {Sql(label)}, {Sql(refusal)}, {Sql(notes)});
            """
        );

        var report = await _bed.MoveAsync();

        var lead = await LeadAsync(1);
        Assert.Equal(expected, lead.Status);
        Assert.Equal(await _bed.Hub.StageAsync(expected), lead.StageId);
        Assert.Equal(rule == "stage-unknown", lead.Attention.HasFlag(Attention.UnknownStage));
        Assert.Equal(
            rule is null ? [] : [rule],
            report.Lines.Where(line => line.Table == "lead").Select(line => line.Rule.Name)
        );
        if (notes is not null)
        {
            Assert.Equal(At(2025, 12, 1, 13), lead.StageChangedAt);
            Assert.Null(lead.Notes);
        }
    }

    [Fact]
    public async Task Stage_OfHubSpot_IsFoundByItsNumber()
    {
        var pipeline = new Pipeline { HubSpotId = "2341107958", Label = "Лиды" };
        var stage = new Stage
        {
            HubSpotId = "3204738262",
            Label = "Огляд",
            Status = LeadStatus.Qualified,
            PipelineId = pipeline.Id,
        };
        await _bed
            .Hub.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.Pipelines.Add(pipeline);
                    db.Stages.Add(stage);
                    return Task.CompletedTask;
                },
                Token
            );
        await _bed.Portal.RunAsync(
            "INSERT INTO lead (id, agent_id, deal_name, hubspot_stage_label) VALUES (1, 2, 'А', 'Встреча/тур проведены'), (2, 2, 'Б', 'огляд')"
        );

        await _bed.MoveAsync();

        Assert.Equal(stage.Id, (await LeadAsync(1)).StageId);
        Assert.Equal(stage.Id, (await LeadAsync(2)).StageId);
    }

    [Fact]
    public async Task WhatDoesNotFit_IsKeptAndListed()
    {
        await _bed.Portal.RunAsync(
            $"""
            INSERT INTO lead (id, agent_id, deal_name, email, phone, budget, country, birth_date, notes, created_at, updated_at) VALUES
                (1, 99, '   ', 'no-email-55@hubspot.local', 'call me', 'дорого', 'Марс', '2099-01-01', NULL, NULL, NULL),
                (2, 1, 'Admin''s', 'not a mail', NULL, '1млн+', NULL, NULL, '{new string(
                'я',
                5000
            )}', '2030-01-01', '2030-01-01'),
                (3, 2, 'Amount', '', '0501112233', '350 000', NULL, NULL, NULL, '2025-11-03', '2025-11-01');
            """
        );

        var report = await _bed.MoveAsync();

        var (first, second, third) = (await LeadAsync(1), await LeadAsync(2), await LeadAsync(3));
        Assert.Equal(
            ("Lead 1", (string?)null, "call me", "Марс"),
            (first.ClientName, first.Email, first.Phone, first.Country)
        );
        Assert.Equal("Бюджет у старому порталі: дорого", first.Notes);
        Assert.Null(first.BirthDate);
        Assert.Null(first.AgentId);
        Assert.Equal(Attention.UnreadablePhone | Attention.UnknownAgent, first.Attention);
        // The choice was made there; nobody's rule of assignment gives the lead to somebody now.
        Assert.False(first.AwaitsAssignment);
        Assert.Equal(_bed.Hub.Time.GetUtcNow(), first.CreatedAt);

        Assert.Equal(await _bed.NewAsync(LegacyKind.User, 1), second.AgentId);
        Assert.Null(second.TeamId);
        Assert.Equal((1_000_000m, (decimal?)null, "not a mail"), (second.BudgetFrom, second.BudgetTo, second.Email));
        Assert.Equal(Attention.NoPhone, second.Attention);
        Assert.Equal((LeadLimits.Notes, _bed.Hub.Time.GetUtcNow()), (second.Notes!.Length, second.CreatedAt));
        var whole = await _bed.ReadAsync(db => db.Comments.SingleAsync(Token));
        Assert.Equal((second.Id, 5000), (whole.LeadId, whole.Body.Length));

        Assert.Equal(("+380501112233", 350_000m, 350_000m), (third.Phone, third.BudgetFrom, third.BudgetTo));
        Assert.Equal(third.CreatedAt, third.UpdatedAt);
        Assert.Equal([1L], report.Of("agent-unknown", "lead"));
        Assert.Equal([2L], report.Of("lead-of-admin", "lead"));
        Assert.Equal([1L, 2L], report.Of("time-repaired", "lead"));
        foreach (
            var rule in new[]
            {
                "name-missing",
                "mail-placeholder",
                "phone-unreadable",
                "budget-unreadable",
                "option-unknown",
                "birth-date-unlikely",
            }
        )
        {
            Assert.Equal([1L], report.Of(rule, "lead"));
        }

        foreach (var rule in new[] { "mail-unreadable", "phone-missing", "notes-long" })
        {
            Assert.Equal([2L], report.Of(rule, "lead"));
        }

        Assert.DoesNotContain(report.Lines, line => line.What.Contains("call me", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SharedPhonesAndDeals_AreBothKept_AndTheLaterIsMarked()
    {
        await _bed.Portal.RunAsync(
            """
            INSERT INTO lead (id, agent_id, deal_name, phone, status, hubspot_deal_id, hubspot_contact_id) VALUES
                (1, 2, 'Перша', '+380501234567', 'new', '9001', '301'),
                (2, 2, 'Друга', '050 123 45 67', 'new', '9001', '302'),
                (3, 2, 'Закрита', '+380501234567', 'closed', 'Deal #5', NULL),
                (4, 2, 'Лише контакт', '+380501234568', 'new', NULL, '303');
            """
        );

        var report = await _bed.MoveAsync();

        Assert.Equal(
            [Attention.None, Attention.SharedPhone, Attention.None, Attention.None],
            new[]
            {
                (await LeadAsync(1)).Attention,
                (await LeadAsync(2)).Attention,
                (await LeadAsync(3)).Attention,
                (await LeadAsync(4)).Attention,
            }
        );
        var sync = await _bed.ReadAsync(db => db.LeadSyncs.SingleAsync(Token));
        Assert.Equal(((await LeadAsync(1)).Id, "9001"), (sync.LeadId, sync.DealId));
        Assert.Equal([2L], report.Of("phone-shared", "lead"));
        Assert.Equal([2L], report.Of("deal-shared", "lead"));
        Assert.Equal([3L], report.Of("hubspot-id-unreadable", "lead"));
        Assert.Equal([4L], report.Of("contact-without-deal", "lead"));
    }

    [Fact]
    public async Task Lead_ThatHubSpotBroughtBefore_IsTiedToIt_FilledAndNotOverwritten()
    {
        var here = await _bed.Hub.LeadAsync(_bed.Hub.Olena, 1, "Той самий");
        await _bed
            .Hub.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, token) =>
                {
                    db.LeadSyncs.Add(new LeadSync { LeadId = here.Id, DealId = "9001" });
                    await db.Outbox.ExecuteDeleteAsync(token);
                },
                Token
            );
        await _bed.Portal.RunAsync(
            """
            INSERT INTO lead (id, agent_id, deal_name, phone, company, hubspot_deal_id, hubspot_contact_id)
            VALUES (1, 2, 'Інша назва', '+380997776655', 'Ромашка', '9001', '301');
            """
        );

        var report = await _bed.MoveAsync();

        var lead = Assert.Single(await _bed.ReadAsync(db => db.Leads.ToListAsync(Token)));
        Assert.Equal(here.Id, await _bed.NewAsync(LegacyKind.Lead, 1));
        Assert.Equal(("Той самий 1", "Ромашка"), (lead.ClientName, lead.Company));
        Assert.Equal(_bed.Hub.Olena.UserId, lead.AgentId);
        Assert.Equal("301", (await _bed.ReadAsync(db => db.LeadSyncs.SingleAsync(Token))).ContactId);
        Assert.Equal([1L], report.Of("lead-here", "lead"));
        Assert.Contains(
            "ClientName, Phone",
            report.Lines.Single(line => line.Rule.Name == "changed-on-both-sides").What,
            StringComparison.Ordinal
        );
        Assert.Empty(await _bed.ReadAsync(db => db.Outbox.ToListAsync(Token)));
    }

    private async Task<Lead> LeadAsync(long oldId) =>
        await _bed.Hub.LoadAsync(await _bed.NewAsync(LegacyKind.Lead, oldId));

    private static string Sql(string? text) => text is null ? "NULL" : $"'{text}'";

    private static DateTimeOffset At(int year, int month, int day, int hour, int minute = 0) =>
        new(year, month, day, hour, minute, 0, TimeSpan.Zero);
}
