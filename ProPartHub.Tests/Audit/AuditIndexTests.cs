using Microsoft.EntityFrameworkCore;
using Npgsql;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Audit;

/// <summary>On 50,000 events of each table the list and each of its filters read from an index, first page or deep.</summary>
public sealed class AuditIndexTests(AuditIndexTests.Crowd crowd) : IClassFixture<AuditIndexTests.Crowd>
{
    private static readonly DateTimeOffset Deep = new(2026, 1, 20, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, bool> Filters =>
        new MatrixTheoryData<string, bool>(
            ["all", "actor", "account", "lead", "address", "dates", .. Enum.GetNames<AuditGroup>()],
            [true, false]
        );

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Filter_ReadsFromAnIndex(string name, bool deep)
    {
        var filter = name switch
        {
            "all" => new AuditFilter(),
            "actor" => new AuditFilter { ActorId = crowd.Bed.Taras.UserId },
            "account" => new AuditFilter { UserId = crowd.Bed.James.UserId },
            "lead" => new AuditFilter(),
            "address" => new AuditFilter { Address = "203.0.113.7" },
            "dates" => new AuditFilter { From = Deep.AddDays(-1), Before = Deep.AddHours(-20) },
            _ => new AuditFilter { Group = Enum.Parse<AuditGroup>(name) },
        };
        Guid? lead = name == "lead" ? crowd.LeadId : null;
        var after = deep ? new AuditPlace(Deep, AuditSource.Security, 5) : null;

        await crowd.Bed.ReadAsync(async db =>
        {
            await AssertIndexedAsync(db, AuditSearch.Security(db, filter, lead, after, 51));
            await AssertIndexedAsync(db, AuditSearch.Leads(db, filter, lead, after, 51));
            return true;
        });
    }

    [Fact]
    public async Task WhatWaitsForItsSeal_IsFoundByIndex() =>
        await crowd.Bed.ReadAsync(async db =>
        {
            var window = await AuditWindow.OfAsync(db, crowd.SealedBelow, Token);
            await AssertIndexedAsync(db, window.Unsealed(db.SecurityEvents, db.AuditSeals).Take(1000));
            await AssertIndexedAsync(db, window.Unsealed(db.LeadEvents, db.AuditSeals).Take(1000));
            return true;
        });

    private static async Task AssertIndexedAsync<T>(HubDbContext db, IQueryable<T>? query)
    {
        if (query is null)
        {
            return;
        }

        await db.Database.OpenConnectionAsync(Token);
        await using var prepared = query.CreateDbCommand();
        await using var explain = db.Database.GetDbConnection().CreateCommand();
        explain.CommandText = "EXPLAIN " + prepared.CommandText;
        foreach (NpgsqlParameter parameter in prepared.Parameters)
        {
            explain.Parameters.Add(parameter.Clone());
        }

        var lines = new List<string>();
        await using var reader = await explain.ExecuteReaderAsync(Token);
        while (await reader.ReadAsync(Token))
        {
            lines.Add(reader.GetString(0));
        }

        var plan = string.Join('\n', lines);
        Assert.Contains("Index", plan, StringComparison.Ordinal);
        Assert.False(plan.Contains("Seq Scan on security_events", StringComparison.Ordinal), plan);
        Assert.False(plan.Contains("Seq Scan on lead_events", StringComparison.Ordinal), plan);
    }

    /// <summary>Events of two months, most of them common, few of each rare kind, person and address.</summary>
    public sealed class Crowd : IAsyncLifetime
    {
        public HubBed Bed { get; private set; } = null!;

        public Guid LeadId { get; private set; }

        public ulong SealedBelow { get; private set; }

        public async ValueTask InitializeAsync()
        {
            Bed = await HubBed.CreateAsync(CancellationToken.None);
            LeadId = (await Bed.LeadAsync(Bed.Olena, 1)).Id;
            var other = (await Bed.LeadAsync(Bed.Olena, 2)).Id;
            var (common, rare) = (Bed.Olena.UserId, Bed.Taras.UserId);
            await Bed.ReadAsync(async db =>
            {
                await db.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO security_events (kind, occurred_at, user_id, actor_id, actor_name, address, lead_id, details)
                    SELECT CASE WHEN n % 1000 = 0 THEN 1 + n / 1000 % 17 WHEN n % 1000 = 1 THEN 62 ELSE 60 END,
                        timestamptz '2026-01-01' + n * interval '1 minute',
                        CASE WHEN n % 1000 = 2 THEN {Bed.James.UserId} ELSE {common} END,
                        CASE WHEN n % 1000 = 3 THEN {rare} ELSE {common} END, 'Хтось',
                        CASE WHEN n % 1000 = 4 THEN '203.0.113.7' ELSE '203.0.113.1' END,
                        CASE WHEN n % 1000 = 5 THEN {LeadId} ELSE {other} END, jsonb_build_object()
                    FROM generate_series(1, 50000) AS n
                    """
                );
                await db.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO lead_events (lead_id, kind, origin, occurred_at, actor_id, actor_name, address, changes)
                    SELECT CASE WHEN n % 1000 = 5 THEN {LeadId} ELSE {other} END, 2, 1,
                        timestamptz '2026-01-01' + n * interval '1 minute',
                        CASE WHEN n % 1000 = 3 THEN {rare} ELSE {common} END, 'Хтось',
                        CASE WHEN n % 1000 = 4 THEN '203.0.113.7' ELSE '203.0.113.1' END, '[]'
                    FROM generate_series(1, 50000) AS n
                    """
                );
                await db.Database.ExecuteSqlRawAsync(
                    """
                    INSERT INTO audit_seals (position, source, event_id, skeleton, who, what, hash, sealed_at)
                    SELECT row_number() OVER (), source, id, '', '', '', '', now()
                    FROM (SELECT 1 AS source, id FROM security_events UNION ALL SELECT 2, id FROM lead_events) AS events
                    """
                );
                await db.Database.ExecuteSqlRawAsync(
                    "ANALYZE security_events; ANALYZE lead_events; ANALYZE audit_seals"
                );
                SealedBelow = 1 + (await db.LeadEvents.OrderByDescending(row => row.Id).FirstAsync()).TransactionId;
                return true;
            });
        }

        public ValueTask DisposeAsync() => Bed.DisposeAsync();
    }
}
