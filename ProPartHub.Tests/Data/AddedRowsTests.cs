using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Boards;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Data;

/// <summary>Rows stored in one stream are as if EF Core had saved them.</summary>
public sealed class AddedRowsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset At = new(2026, 11, 3, 9, 30, 0, TimeSpan.Zero);

    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task LeadsAndTheirEvents_AreStored_AsThoseThatWereSaved()
    {
        var stage = await _bed.StageAsync(LeadStatus.New);
        var saved = await StoreAsync(stage, db => db.SaveChangesAsync(Token));
        var copied = await StoreAsync(
            stage,
            async db =>
            {
                await AddedRows.CopyAsync<Lead>(db, Token);
                await AddedRows.CopyAsync<LeadEvent>(db, Token);
            }
        );

        await using var db = await _bed.Get<HubDatabase>().ReadAsync(Token);
        var (one, other) = (await RowsAsync(db, saved), await RowsAsync(db, copied));
        Assert.Equal(3, other.Count);
        // All but the ids, the numbers and the transaction.
        Assert.Equal(one, other);
        Assert.Equal(copied, await InOrderOfNumbersAsync(db, copied));
        var events = await db
            .LeadEvents.Where(entry => copied.Contains(entry.LeadId))
            .OrderBy(entry => entry.Id)
            .Select(entry => new
            {
                entry.LeadId,
                entry.TransactionId,
                entry.Kind,
            })
            .ToListAsync(Token);
        Assert.Equal(copied, events.Where(entry => entry.Kind is LeadEventKind.Created).Select(entry => entry.LeadId));
        Assert.Equal(LeadEventKind.Edited, events[^1].Kind);
        Assert.Single(events.Select(entry => entry.TransactionId).Distinct(), id => id > 0);
    }

    [Fact]
    public async Task WhatWasStored_CanBeChanged_InTheSameTransaction_AndAfterIt()
    {
        var stage = await _bed.StageAsync(LeadStatus.New);
        Guid id = default;
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, token) =>
                {
                    var recorder = Recorder();
                    var (lead, other) = (Make(stage, 1), Make(stage, 2));
                    recorder.Create(db, lead);
                    recorder.Create(db, other);
                    await AddedRows.CopyAsync<Lead>(db, token);
                    await AddedRows.CopyAsync<LeadEvent>(db, token);
                    Assert.Equal(0, db.Changed<Lead>() + db.Changed<LeadEvent>());
                    Assert.True(lead.Number < other.Number);
                    recorder.Edit(db, lead, [KeyValuePair.Create(LeadField.Company, (string?)"Схід")]);
                    await db.SaveChangesAsync(token);
                    recorder.Edit(db, lead, [KeyValuePair.Create(LeadField.Company, (string?)"Захід")]);
                    id = lead.Id;
                },
                Token
            );

        await using var db = await _bed.Get<HubDatabase>().ReadAsync(Token);
        var stored = await db.Leads.SingleAsync(lead => lead.Id == id, Token);
        Assert.Equal(("Захід", "Клієнт 1"), (stored.Company, stored.ClientName));
        Assert.Equal(
            [LeadEventKind.Created, LeadEventKind.Edited, LeadEventKind.Edited],
            await db
                .LeadEvents.Where(entry => entry.LeadId == id)
                .OrderBy(entry => entry.Id)
                .Select(e => e.Kind)
                .ToListAsync(Token)
        );
    }

    [Fact]
    public async Task WhatBreaksARule_StoresNothing()
    {
        var stage = await _bed.StageAsync(LeadStatus.New);
        var wrong = Make(stage, 2);
        wrong.StageId = Guid.NewGuid();

        await Assert.ThrowsAnyAsync<Exception>(() =>
            _bed.Get<HubDatabase>()
                .InTransactionAsync(
                    async (db, token) =>
                    {
                        Recorder().Create(db, Make(stage, 1));
                        Recorder().Create(db, wrong);
                        await AddedRows.CopyAsync<Lead>(db, token);
                    },
                    Token
                )
        );

        await using var db = await _bed.Get<HubDatabase>().ReadAsync(Token);
        Assert.False(await db.Leads.AnyAsync(lead => lead.ClientName.StartsWith("Клієнт "), Token));
    }

    private LeadRecorder Recorder() => new(_bed.Ada, ChangeOrigin.Import, At);

    private async Task<IReadOnlyList<Guid>> StoreAsync(Guid stage, Func<HubDbContext, Task> store)
    {
        Lead[] leads = [Make(stage, 1), Make(stage, 2), Make(stage, 3)];
        leads[1].Telegram = "@Client_2";
        (leads[2].AgentId, leads[2].TeamId) = (_bed.Olena.UserId, _bed.Olena.TeamId);
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, _) =>
                {
                    foreach (var lead in leads)
                    {
                        Recorder().Create(db, lead);
                    }

                    Recorder().Edit(db, leads[0], [KeyValuePair.Create(LeadField.Company, (string?)"Схід")]);
                    await store(db);
                },
                Token
            );
        return [.. leads.Select(lead => lead.Id)];
    }

    private static Lead Make(Guid stage, int number) =>
        new()
        {
            ClientName = $"Клієнт {number}",
            Phone = $"+38050100000{number}",
            BudgetFrom = 100_000 + number,
            Currency = "USD",
            StageId = stage,
            Status = LeadStatus.New,
            StageChangedAt = At,
            CreatedAt = At,
            UpdatedAt = At,
            Attention = Attention.SharedPhone,
        };

    private static async Task<List<string>> RowsAsync(HubDbContext db, IReadOnlyList<Guid> ids) =>
        await db
            .Database.SqlQuery<string>(
                $"""
                SELECT (to_jsonb(leads) - 'id' - 'number')::text || coalesce(
                    (SELECT jsonb_agg(to_jsonb(lead_events) - 'id' - 'lead_id' - 'transaction_id' ORDER BY lead_events.id)
                     FROM lead_events WHERE lead_id = leads.id)::text, '') AS "Value"
                FROM leads WHERE id = ANY({ids.ToArray()}) ORDER BY client_name
                """
            )
            .ToListAsync(Token);

    private static Task<List<Guid>> InOrderOfNumbersAsync(HubDbContext db, IReadOnlyList<Guid> ids) =>
        db
            .Leads.Where(lead => ids.Contains(lead.Id))
            .OrderBy(lead => lead.Number)
            .Select(lead => lead.Id)
            .ToListAsync(Token);
}
