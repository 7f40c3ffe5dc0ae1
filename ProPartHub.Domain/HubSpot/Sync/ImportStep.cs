using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// The first import: deals with their contacts, then notes, calls, mails, meetings and tasks side by side, a page a step.
/// Pages are read ahead; a step takes one that is there and waits for none. The cursor is stored together with its page, so
/// a crash costs the pages read ahead and nothing else.
/// </summary>
internal sealed class ImportStep(SyncSession session, PagesAhead ahead, PageIntake pages)
{
    private bool _isDone;

    // As the database has them: nobody else writes them while this instance holds the lease. Null where they are to be read.
    private Dictionary<string, SyncCursor>? _cursors;

    /// <summary>True when, at the last look, nothing was left to import.</summary>
    public bool IsIdle { get; private set; }

    /// <summary>Imports a page, if one is there.</summary>
    /// <returns>True when a page was imported.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var due = _isDone ? [] : await DueAsync(cancellationToken);
        IsIdle = due.Count == 0;
        if (IsIdle)
        {
            return false;
        }

        await BeginAsync([.. due.Where(cursor => cursor.ImportStartedAt is null)], cancellationToken);
        foreach (var cursor in due)
        {
            await ahead.OpenAsync(cursor.ObjectType, cursor.ImportAfter, isCounted: cursor.Total is null);
        }

        // What lags behind comes first, so that all come to their end together and what remains is told rightly.
        foreach (var cursor in due.OrderBy(Share))
        {
            if (await ahead.NextAsync(cursor.ObjectType) is { } page)
            {
                await TakeAsync(page, cancellationToken);
                return true;
            }
        }

        return false;
    }

    // A deal becomes a lead only with its contact; notes and calls find their leads only after the deals are in.
    private async Task<List<SyncCursor>> DueAsync(CancellationToken cancellationToken)
    {
        _cursors ??= await ReadAsync(cancellationToken);
        var unfinished = RecordPages
            .Types.Select(type => _cursors.GetValueOrDefault(type) ?? new SyncCursor { ObjectType = type })
            .Where(cursor => cursor.ImportedAt is null)
            .ToList();
        _isDone = unfinished.Count == 0;
        if (!session.IsOn(SyncParts.WholeLead))
        {
            return [];
        }

        return unfinished is [{ ObjectType: HubSpotObjectTypes.Deals } deals, ..]
            ? [deals]
            : [.. unfinished.Where(cursor => session.IsOn(SyncParts.Of(cursor.ObjectType)))];
    }

    private async Task<Dictionary<string, SyncCursor>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await session.ReadAsync(cancellationToken);
        return await db.SyncCursors.ToDictionaryAsync(cursor => cursor.ObjectType, cancellationToken);
    }

    private static double Share(SyncCursor cursor) =>
        cursor.Total is > 0 and var total ? (double)cursor.Imported / total : 0;

    // Noted before the first page is read: what changes while pages are read is polled afterwards.
    private async Task BeginAsync(List<SyncCursor> cursors, CancellationToken cancellationToken)
    {
        if (cursors.Count == 0 || ahead.IsHeld)
        {
            return;
        }

        _cursors = null;
        await session.WriteAsync(
            async (db, token) =>
            {
                foreach (var cursor in cursors)
                {
                    (await db.CursorAsync(cursor.ObjectType, token)).ImportStartedAt = session.Now;
                }
            },
            cancellationToken
        );
    }

    private async Task TakeAsync(PageRead page, CancellationToken cancellationToken)
    {
        // Of a page that fails it is not known what was stored.
        var cursors = _cursors ?? await ReadAsync(cancellationToken);
        _cursors = null;
        await pages.TakeAsync(
            page,
            ChangeOrigin.Import,
            async (db, token) =>
            {
                var row = await db.CursorAsync(page.Start.Type, token);
                row.ImportAfter = page.Next;
                row.Imported += page.Records.Count;
                row.Total = page.Total ?? row.Total;
                if (page.Next is null)
                {
                    row.ImportedAt = session.Now;
                    row.PolledUpTo = row.ImportStartedAt;
                    row.Total = row.Imported;
                }

                cursors[page.Start.Type] = row;

                // Timelines fill without events of their own: open pages read again, once a page. So many events as a page
                // of deals makes are announced like that anyhow.
                if (db.Changed<LeadEvent>() <= HubDatabase.LargestFanOut)
                {
                    await db.NotifyRefreshAsync(token);
                }
            },
            cancellationToken
        );
        _cursors = cursors;
        await ahead.TakenAsync(page);
    }
}
