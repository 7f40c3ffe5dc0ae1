using Microsoft.EntityFrameworkCore;
using Npgsql;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Audit;

/// <summary>Whoever changes, removes, adds or swaps events behind the portal's back is found out; a lawful erasure is not.</summary>
public sealed class AuditSealTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        for (var number = 1; number <= 3; number++)
        {
            var lead = await _bed.LeadAsync(_bed.Olena, number);
            await RecordAsync(SecurityEventKind.LoggedIn);
            await _bed.Get<LeadService>()
                .MoveAsync(_bed.Olena, lead.Id, await _bed.StageAsync(LeadStatus.Contacted), null, Token);
        }
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Untouched_IsIntactToItsEnd_AndSealedOnce()
    {
        await SealAsync();
        await SealAsync();

        var verdict = await VerifyAsync();

        Assert.Null(verdict.Fault);
        Assert.Equal((9, 0), (verdict.IntactUpTo, verdict.Waiting));
        Assert.Equal(64, verdict.Head.Length);
        Assert.Equal(9, await _bed.ReadAsync(db => db.AuditSeals.CountAsync()));
        var state = await _bed.ReadAsync(db => db.AuditSealStates.SingleAsync());
        Assert.Equal((9, null), (state.VerifiedPosition, state.Fault));
    }

    public static TheoryData<string, AuditFaultKind> Meddling =>
        new()
        {
            { "UPDATE lead_events SET actor_name = 'Хтось' WHERE id = 3", AuditFaultKind.Changed },
            {
                "UPDATE lead_events SET occurred_at = occurred_at - interval '1 day' WHERE id = 3",
                AuditFaultKind.Changed
            },
            { "UPDATE lead_events SET changes = '[]' WHERE id = 3", AuditFaultKind.Changed },
            { "UPDATE lead_events SET origin = 2 WHERE id = 3", AuditFaultKind.Changed },
            { "UPDATE security_events SET address = '10.0.0.1' WHERE id = 2", AuditFaultKind.Changed },
            { "UPDATE security_events SET user_id = NULL WHERE id = 2", AuditFaultKind.Changed },
            { "UPDATE security_events SET details = '{\"by\": \"x\"}' WHERE id = 2", AuditFaultKind.Changed },
            { "DELETE FROM lead_events WHERE id = 3", AuditFaultKind.Missing },
            { "DELETE FROM security_events WHERE id = 2", AuditFaultKind.Missing },
            { "DELETE FROM audit_seals WHERE position = 4", AuditFaultKind.Chain },
            { "UPDATE audit_seals SET what = who WHERE position = 4", AuditFaultKind.Chain },
            { "DELETE FROM audit_seals WHERE position = 9", AuditFaultKind.Head },
            { "UPDATE audit_seals SET what_salt = NULL WHERE position = 4", AuditFaultKind.ErasedOffRecord },
            {
                """
                    UPDATE lead_events SET changes = '[]' WHERE id = 3;
                    UPDATE audit_seals SET what_salt = NULL, erasure_id = 1 WHERE source = 2 AND event_id = 3
                    """,
                AuditFaultKind.ErasedOffRecord
            },
            {
                """
                    INSERT INTO lead_events (id, transaction_id, lead_id, kind, origin, occurred_at, actor_name, changes)
                    OVERRIDING SYSTEM VALUE
                    SELECT 1000, transaction_id, lead_id, kind, origin, occurred_at, 'Хтось', '[]' FROM lead_events WHERE id = 3
                    """,
                AuditFaultKind.Inserted
            },
            {
                """
                    INSERT INTO security_events (id, transaction_id, kind, occurred_at, details) OVERRIDING SYSTEM VALUE
                    SELECT 1000, transaction_id, 1, occurred_at, details FROM security_events WHERE id = 2
                    """,
                AuditFaultKind.Inserted
            },
            {
                """
                    UPDATE lead_events AS one SET actor_name = two.actor_name, changes = two.changes, kind = two.kind,
                        lead_id = two.lead_id, occurred_at = two.occurred_at
                    FROM lead_events AS two WHERE (one.id, two.id) IN ((3, 6), (6, 3))
                    """,
                AuditFaultKind.Changed
            },
            {
                """
                    UPDATE audit_seals SET position = -1 WHERE position = 4;
                    UPDATE audit_seals SET position = 4 WHERE position = 5;
                    UPDATE audit_seals SET position = 5 WHERE position = -1
                    """,
                AuditFaultKind.Chain
            },
        };

    [Theory]
    [MemberData(nameof(Meddling))]
    public async Task Meddling_IsFound(string sql, AuditFaultKind expected)
    {
        await SealAsync();

        await ExecuteAsync(sql);

        var verdict = await VerifyAsync();
        Assert.Equal(expected, verdict.Fault?.Kind);
        Assert.True(verdict.IntactUpTo < 9 || expected is AuditFaultKind.Inserted, $"{verdict.IntactUpTo}");
        Assert.NotNull((await _bed.ReadAsync(db => db.AuditSealStates.SingleAsync())).Fault);
    }

    [Fact]
    public async Task FirstFault_IsNamed()
    {
        await SealAsync();

        await ExecuteAsync("UPDATE lead_events SET kind = 9 WHERE id = 3; DELETE FROM lead_events WHERE id = 6");

        var verdict = await VerifyAsync();
        var link = await _bed.ReadAsync(db =>
            db.AuditSeals.SingleAsync(row => row.Source == AuditSource.Lead && row.EventId == 3)
        );
        Assert.Equal(new AuditFault(AuditFaultKind.Changed, link.Position, AuditSource.Lead, 3), verdict.Fault);
        Assert.Equal(link.Position - 1, verdict.IntactUpTo);
    }

    [Fact]
    public async Task HeadWrittenDown_MustStillBeThere()
    {
        await SealAsync();
        var head = (await VerifyAsync()).Head;
        await RecordAsync(SecurityEventKind.LoggedOut);
        await SealAsync();
        Assert.Null((await VerifyAsync(head)).Fault);

        // Somebody who can write both tables makes the chain anew, with other salts.
        await ExecuteAsync("TRUNCATE audit_seals; TRUNCATE audit_seal_state; DELETE FROM lead_events WHERE id = 3");
        await SealAsync();

        Assert.Null((await VerifyAsync()).Fault);
        Assert.Equal(AuditFaultKind.Head, (await VerifyAsync(head)).Fault?.Kind);
    }

    [Fact]
    public async Task LateCommit_WithALowerId_IsSealedAfterIt()
    {
        await SealAsync();
        await using var late = new NpgsqlConnection(_bed.ConnectionString);
        await late.OpenAsync(Token);
        await using var transaction = await late.BeginTransactionAsync(Token);
        await using var insert = new NpgsqlCommand(
            "INSERT INTO security_events (kind, occurred_at, details) VALUES (1, now(), '{}') RETURNING id",
            late,
            transaction
        );
        var lateId = (long)(await insert.ExecuteScalarAsync(Token))!;
        await RecordAsync(SecurityEventKind.LoggedOut);

        // The later one has committed, but an earlier transaction still runs: sealing it now would pass the earlier by.
        await _bed.Get<AuditSealer>().SealAllAsync(Token);
        Assert.Equal(9, await _bed.ReadAsync(db => db.AuditSeals.CountAsync()));
        Assert.Equal(1, (await VerifyAsync()).Waiting);

        await transaction.CommitAsync(Token);
        await SealAsync();

        var verdict = await VerifyAsync();
        Assert.Null(verdict.Fault);
        Assert.Equal((11, 0), (verdict.IntactUpTo, verdict.Waiting));
        var order = await _bed.ReadAsync(db =>
            db.AuditSeals.OrderBy(row => row.Position).Select(row => row.EventId).ToListAsync()
        );
        Assert.Equal([lateId, lateId + 1], order[^2..]);
    }

    [Fact]
    public async Task RestoredOnAnotherServer_WhereTransactionsCountAnew_GoesOn()
    {
        await SealAsync();
        await RecordAsync(SecurityEventKind.LoggedOut);
        await ExecuteAsync(
            """
            UPDATE security_events SET transaction_id = '1000000000' WHERE id = (SELECT max(id) FROM security_events);
            UPDATE audit_seal_state SET sealed_below = '900000000'
            """
        );

        await SealAsync();
        await RecordAsync(SecurityEventKind.LoggedIn);
        await SealAsync();

        var verdict = await VerifyAsync();
        Assert.Null(verdict.Fault);
        Assert.Equal((11, 0), (verdict.IntactUpTo, verdict.Waiting));
    }

    [Fact]
    public async Task TwoSealersAtOnce_MakeOneChain()
    {
        var sealer = _bed.Get<AuditSealer>();
        await Task.WhenAll(
            sealer.SealAllAsync(Token),
            sealer.SealAllAsync(Token),
            RecordAsync(SecurityEventKind.LoggedOut)
        );
        await SealAsync();

        var verdict = await VerifyAsync();
        Assert.Null(verdict.Fault);
        Assert.Equal(10, verdict.IntactUpTo);
    }

    private Task RecordAsync(SecurityEventKind kind) =>
        new SecurityLog(_bed.Get<HubDatabase>(), _bed.Time).RecordAsync(
            kind,
            _bed.Olena,
            _bed.Olena.UserId,
            Token,
            ("by", "test")
        );

    private Task SealAsync() => _bed.SealAsync(Token);

    private Task<AuditVerdict> VerifyAsync(string? head = null) =>
        _bed.Get<AuditVerification>().VerifyAsync(head, Token);

#pragma warning disable EF1002 // The test's own text.
    private Task ExecuteAsync(string sql) =>
        _bed.ReadAsync(db => db.Database.ExecuteSqlRawAsync(sql.Replace("{", "{{").Replace("}", "}}"), Token));
#pragma warning restore EF1002
}
