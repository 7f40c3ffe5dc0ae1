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

    private readonly PageAhead _ahead = new(pages);
    private bool _isDone;

    /// <summary>Something else was exchanged since the last page: what was read ahead may be older than that.</summary>
    public void ForgetAhead() => _ahead.Forget();

    /// <summary>Imports a page.</summary>
    /// <returns>True when there is more to import.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (_isDone || session.Monitor.Limiter?.BackfillHeldUntil is not null)
        {
            return false;
        }

        var cursor = await NextAsync(cancellationToken);
        if (cursor is null)
        {
            _isDone = true;
            return false;
        }

        using var limit = new CancellationTokenSource(Patience, session.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await PageAsync(cursor, either.Token, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }

        return true;
    }

    private async Task<SyncCursor?> NextAsync(CancellationToken cancellationToken)
    {
        await using var db = await session.ReadAsync(cancellationToken);
        var cursors = await db.SyncCursors.ToDictionaryAsync(cursor => cursor.ObjectType, cancellationToken);
        return RecordPages
            .Types.Select(type => cursors.GetValueOrDefault(type) ?? new SyncCursor { ObjectType = type })
            .FirstOrDefault(cursor => cursor.ImportedAt is null);
    }

    private async Task PageAsync(SyncCursor cursor, CancellationToken cancellationToken, CancellationToken lifetime)
    {
        var type = cursor.ObjectType;
        var total = cursor.Total;
        if (cursor.ImportStartedAt is null)
        {
            total = await TotalAsync(type, cancellationToken);

            // Noted before the first page: what changes while pages are read is polled afterwards.
            await SaveAsync(type, row => (row.ImportStartedAt, row.Total) = (session.Now, total), cancellationToken);
        }

        var read = await _ahead.ReadAsync(type, cursor.ImportAfter, cancellationToken);
        if (read.Next is { } next)
        {
            _ahead.Begin(type, next, lifetime);
        }

        var page = await pages.TakeAsync(type, read, ChangeOrigin.Import, cancellationToken);
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
