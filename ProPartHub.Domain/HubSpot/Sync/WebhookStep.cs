using System.Text;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Webhooks;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Acts on stored webhook events. Order and uniqueness are not promised, so an event never tells a value: it names records
/// to read again, each once however many events name it.
/// </summary>
internal sealed class WebhookStep(SyncSession session, ChangedRecords changed)
{
    private const int Most = 500;

    /// <summary>Acts on the oldest events that wait.</summary>
    /// <returns>True when there were any.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var waiting = await WaitingAsync(cancellationToken);
        if (waiting.Count == 0)
        {
            return false;
        }

        var records = waiting
            .SelectMany(entry => WebhookPayload.Parse(Encoding.UTF8.GetBytes(entry.Payload)))
            .SelectMany(WebhookTargets.Of)
            .Distinct()
            .GroupBy(target => target.Type)
            // Deals first: a note of a new deal finds its lead.
            .OrderBy(group => group.Key != HubSpotObjectTypes.Deals);
        foreach (var group in records)
        {
            await changed.ReadAgainAsync(group.Key, [.. group.Select(target => target.Id)], cancellationToken);
        }

        var ids = waiting.ConvertAll(entry => entry.Id);
        await session.WriteAsync(
            (db, token) =>
                db
                    .WebhookEvents.Where(row => ids.Contains(row.Id))
                    .ExecuteUpdateAsync(row => row.SetProperty(entry => entry.ProcessedAt, session.Now), token),
            cancellationToken
        );
        return true;
    }

    private async Task<List<WebhookEvent>> WaitingAsync(CancellationToken cancellationToken)
    {
        await using var db = await session.ReadAsync(cancellationToken);
        return await db
            .WebhookEvents.Where(row => row.ProcessedAt == null)
            .OrderBy(row => row.Id)
            .Take(Most)
            .ToListAsync(cancellationToken);
    }
}
