using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;

namespace ProPartHub.Domain.HubSpot.Webhooks;

/// <summary>
/// Keeps webhook events until the sync has acted on them. HubSpot waits five seconds for an answer, so nothing is done
/// here but storing.
/// </summary>
public sealed class WebhookInbox(HubDatabase database, SyncSignal signal, TimeProvider time)
{
    private const int LongestType = 100;
    private const int LongestId = 32;
    private static readonly TimeSpan RefusalInterval = TimeSpan.FromMinutes(1);

    /// <summary>Stores the events that are not stored yet and wakes the sync.</summary>
    /// <returns>How many were new.</returns>
    public async Task<int> StoreAsync(IReadOnlyList<WebhookPayloadEvent> events, CancellationToken cancellationToken)
    {
        var unique = events.DistinctBy(entry => entry.DedupeKey).ToList();
        string[] keys = [.. unique.Select(entry => entry.DedupeKey)];
        string[] types = [.. unique.Select(entry => Cut(entry.Kind, LongestType))];
        string?[] ids = [.. unique.Select(entry => entry.ObjectId is { } id ? Cut(id, LongestId) : null)];
        string[] payloads = [.. unique.Select(entry => entry.Raw)];
        var now = time.GetUtcNow();
        var stored = await database.InTransactionAsync(
            (db, token) =>
                db.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO webhook_events (dedupe_key, type, object_id, payload, received_at)
                    SELECT key, type, id, payload::jsonb, {now}
                    FROM unnest({keys}, {types}, {ids}, {payloads}) AS event (key, type, id, payload)
                    ON CONFLICT (dedupe_key) DO NOTHING
                    """,
                    token
                ),
            cancellationToken
        );
        signal.Wake();
        return stored;
    }

    /// <summary>
    /// Writes down that a request was refused; somebody may be trying. Once a minute for each address: a flood of
    /// requests must not become a flood of rows.
    /// </summary>
    /// <param name="verdict">What was wrong with it.</param>
    /// <param name="address">Where it came from.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task RefuseAsync(WebhookSignatureVerdict verdict, string? address, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await IsWrittenDownAsync(address, since: now - RefusalInterval, cancellationToken))
        {
            return;
        }

        await database.InTransactionAsync(
            (db, _) =>
            {
                db.SecurityEvents.Add(
                    new SecurityEvent
                    {
                        OccurredAt = now,
                        Kind = SecurityEventKind.WebhookRefused,
                        Address = address,
                        Details = new Dictionary<string, string?> { ["verdict"] = verdict.ToString() },
                    }
                );
                return Task.CompletedTask;
            },
            cancellationToken
        );
    }

    private async Task<bool> IsWrittenDownAsync(
        string? address,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await db.SecurityEvents.AnyAsync(
            entry =>
                entry.OccurredAt > since && entry.Kind == SecurityEventKind.WebhookRefused && entry.Address == address,
            cancellationToken
        );
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
