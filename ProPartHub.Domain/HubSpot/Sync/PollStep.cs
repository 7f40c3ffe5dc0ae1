using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Api;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Looks for what changed in HubSpot since the last look: a closed window of time, walked by id, overlapping the one before,
/// since the search index lags. Search gives ids; values are read fresh.
/// </summary>
internal sealed class PollStep(SyncSession session, ChangedRecords changed)
{
    private static readonly TimeSpan ProofOfWebhooks = TimeSpan.FromHours(24);
    private readonly Dictionary<string, Window> _windows = [];

    // What was read already inside the overlap, so that each look does not read five minutes again.
    private readonly Dictionary<(string Type, string Id), DateTimeOffset> _seen = [];

    /// <summary>Object types polled.</summary>
    public static IReadOnlyList<string> Types { get; } = [HubSpotObjectTypes.Contacts, .. RecordPages.Types];

    /// <summary>Looks at one page of the next type that is due.</summary>
    /// <returns>True when there was anything due.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var off in _windows.Keys.Where(type => !session.IsOn(SyncParts.Of(type))).ToList())
        {
            // Looked at from its start once the type is on again: the cursor has not moved.
            _windows.Remove(off);
        }

        var window = _windows.Values.FirstOrDefault() ?? await NextAsync(cancellationToken);
        if (window is null)
        {
            return false;
        }

        _windows[window.Type] = window;
        try
        {
            var page = await session.Client.SearchChangedAsync(
                window.Type,
                window.From,
                window.To,
                window.AfterId,
                HubSpotPriority.Changes,
                cancellationToken
            );
            var fresh = page.Changes.Where(change => !IsSeen(window.Type, change)).ToList();
            await changed.ReadAgainAsync(window.Type, fresh.ConvertAll(change => change.Id), cancellationToken);
            foreach (var change in fresh.Where(change => change.ModifiedAt is not null))
            {
                _seen[(window.Type, change.Id)] = change.ModifiedAt!.Value;
            }

            if (page.AfterId is not null)
            {
                _windows[window.Type] = window with { AfterId = page.AfterId };
                return true;
            }

            await CloseAsync(window, cancellationToken);
            _windows.Remove(window.Type);
            return true;
        }
        catch
        {
            // The window is looked at again from its start, later: the cursor has not moved.
            _windows.Remove(window.Type);
            throw;
        }
    }

    private bool IsSeen(string type, HubSpotChange change) =>
        change.ModifiedAt is { } modified && _seen.TryGetValue((type, change.Id), out var seen) && seen == modified;

    private async Task<Window?> NextAsync(CancellationToken cancellationToken)
    {
        await using var db = await session.ReadAsync(cancellationToken);
        var cursors = await db.SyncCursors.ToDictionaryAsync(cursor => cursor.ObjectType, cancellationToken);
        var deals = cursors.GetValueOrDefault(HubSpotObjectTypes.Deals);
        if (deals?.ImportedAt is null)
        {
            return null;
        }

        var since = session.Now - ProofOfWebhooks;
        var hasWebhooks = await db.WebhookEvents.AnyAsync(row => row.ReceivedAt >= since, cancellationToken);
        foreach (var type in Types.Where(type => session.IsOn(SyncParts.Of(type))))
        {
            // Contacts come in with their deals: they have no import of their own.
            var cursor = cursors.GetValueOrDefault(type);
            var isImported = type == HubSpotObjectTypes.Contacts || cursor?.ImportedAt is not null;
            var last = cursor?.PolledUpTo ?? deals.ImportStartedAt!.Value;
            if (isImported && session.Now - last >= IntervalOf(type, hasWebhooks))
            {
                return new Window(type, last - session.Options.PollOverlap, session.Now, AfterId: null);
            }
        }

        return null;
    }

    private TimeSpan IntervalOf(string type, bool hasWebhooks)
    {
        var isActivity = EngagementType.Of(type)?.Kind is not null;
        return hasWebhooks ? session.Options.PollIntervalWithWebhooks
            : isActivity ? session.Options.ActivityPollInterval
            : session.Options.PollInterval;
    }

    private async Task CloseAsync(Window window, CancellationToken cancellationToken)
    {
        await session.WriteAsync(
            async (db, token) =>
            {
                var row = await db.CursorAsync(window.Type, token);
                row.PolledUpTo = window.To;
            },
            cancellationToken
        );
        var oldest = window.To - session.Options.PollOverlap - session.Options.PollOverlap;
        foreach (var (key, _) in _seen.Where(entry => entry.Key.Type == window.Type && entry.Value < oldest).ToList())
        {
            _seen.Remove(key);
        }
    }

    private sealed record Window(string Type, DateTimeOffset From, DateTimeOffset To, string? AfterId);
}
