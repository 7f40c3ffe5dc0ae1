using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// The first import: deals with their contacts, then notes, calls, mails, meetings and tasks, a page a step. The cursor is
/// stored after every page, so a crash costs a page at most; taking a page twice changes nothing.
/// </summary>
internal sealed class ImportStep(SyncSession session, RecordPages pages)
{
    // Backfill waits in line for as long as it takes; the rest of the sync must not wait with it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private bool _isDone;

    /// <summary>Imports a page.</summary>
    /// <returns>True when there is more to import.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (_isDone || session.Monitor.Limiter?.BackfillHeldUntil is not null)
        {
            return false;
        }

        var unfinished = await UnfinishedAsync(cancellationToken);
        _isDone = unfinished.Count == 0;
        if (unfinished.Find(MayBeImported) is not { } cursor)
        {
            return false;
        }

        using var limit = new CancellationTokenSource(Patience, session.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await PageAsync(cursor, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }

        return true;
    }

    private async Task<List<SyncCursor>> UnfinishedAsync(CancellationToken cancellationToken)
    {
        await using var db = await session.ReadAsync(cancellationToken);
        var cursors = await db.SyncCursors.ToDictionaryAsync(cursor => cursor.ObjectType, cancellationToken);
        return
        [
            .. RecordPages
                .Types.Select(type => cursors.GetValueOrDefault(type) ?? new SyncCursor { ObjectType = type })
                .Where(cursor => cursor.ImportedAt is null),
        ];
    }

    // A deal becomes a lead only with its contact; notes and calls find their leads only after the deals are in.
    private bool MayBeImported(SyncCursor cursor) =>
        session.IsOn(SyncParts.Of(cursor.ObjectType)) && session.IsOn(SyncParts.WholeLead);

    private async Task PageAsync(SyncCursor cursor, CancellationToken cancellationToken)
    {
        var type = cursor.ObjectType;
        var total = cursor.Total;
        if (cursor.ImportStartedAt is null)
        {
            total = await TotalAsync(type, cancellationToken);

            // Noted before the first page: what changes while pages are read is polled afterwards.
            await SaveAsync(type, row => (row.ImportStartedAt, row.Total) = (session.Now, total), cancellationToken);
        }

        var page = await pages.TakeAsync(type, cursor.ImportAfter, ChangeOrigin.Import, cancellationToken);
        await SaveAsync(
            type,
            row =>
            {
                row.ImportAfter = page.Next;
                row.Imported += page.Ids.Count;
                if (page.Next is null)
                {
                    row.ImportedAt = session.Now;
                    row.PolledUpTo = row.ImportStartedAt;
                    row.Total = row.Imported;
                }
            },
            cancellationToken
        );
    }

    private async Task<int?> TotalAsync(string type, CancellationToken cancellationToken)
    {
        var search = new HubSpotSearch { Limit = 1 };
        return (await session.Client.SearchAsync(type, search, HubSpotPriority.Backfill, cancellationToken)).Total;
    }

    private Task SaveAsync(string type, Action<SyncCursor> change, CancellationToken cancellationToken) =>
        session.WriteAsync(
            async (db, token) =>
            {
                change(await db.CursorAsync(type, token));

                // Timelines fill without events of their own: open pages read again, once a page.
                await db.NotifyRefreshAsync(token);
            },
            cancellationToken
        );
}
