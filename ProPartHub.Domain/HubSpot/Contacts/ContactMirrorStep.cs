using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;

namespace ProPartHub.Domain.HubSpot.Contacts;

/// <summary>
/// Keeps the mirror of all contacts: a walk through the account's list at first and once a night, and in between what polls
/// and webhooks told of. Everything is read in line behind everybody, a page or batch a step, and no step waits for it. The
/// cursor is stored together with its page, so that a walk goes on where it was after a restart.
/// </summary>
internal sealed class ContactMirrorStep(SyncSession session, PagesAhead ahead, ContactReader reader)
{
    /// <summary>The cursor of the walk.</summary>
    public const string Cursor = "mirror/contacts";

    /// <summary>What has to be on.</summary>
    public const SyncPart Parts = SyncPart.Inbound | SyncPart.Contacts | SyncPart.ContactMirror;

    private static readonly TimeSpan Look = TimeSpan.FromMinutes(5);

    // As the database has it: nobody else writes it while this instance holds the lease, but for a switch that is turned.
    private SyncCursor? _cursor;
    private DateTimeOffset _lookAt;

    // At first nobody knows what an earlier holder left.
    private bool _mayBeDue = true;

    /// <summary>Takes in what was read, and goes on reading.</summary>
    /// <returns>True when anything was taken in.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (!session.IsOn(Parts))
        {
            return false;
        }

        return await ReadAgainAsync(cancellationToken) | await WalkAsync(cancellationToken);
    }

    /// <summary>Has contacts read again that HubSpot told of; while the mirror is off the next walk finds them.</summary>
    public async Task LookAgainAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        if (session.IsOn(Parts))
        {
            _mayBeDue = true;
            await session.WriteAsync((db, token) => ContactMirror.LookAgainAsync(db, ids, token), cancellationToken);
        }
    }

    /// <summary>Forgets what it knows of the cursor: whoever turned a switch may have changed it.</summary>
    public void Forget() => _cursor = null;

    /// <summary>Makes a walk from the start due. Inside the caller's transaction.</summary>
    internal static async Task RequestAsync(HubDbContext db, CancellationToken cancellationToken)
    {
        var row = await db.CursorAsync(Cursor, cancellationToken);
        (row.ImportStartedAt, row.ImportAfter, row.Imported) = (null, null, 0);
    }

    private async Task<bool> ReadAgainAsync(CancellationToken cancellationToken)
    {
        if (await reader.TakeAsync() is { } read)
        {
            await session.WriteAsync((db, token) => TakeAsync(db, read, token), cancellationToken);
            await BeginAsync(cancellationToken);
            return true;
        }

        await BeginAsync(cancellationToken);
        return false;
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (!_mayBeDue || reader.IsBusy || ahead.IsHeld)
        {
            return;
        }

        await using var db = await session.ReadAsync(cancellationToken);
        var due = await db
            .ContactReadings.OrderBy(row => row.ContactId)
            .Take(HubSpotClient.BatchSize)
            .ToListAsync(cancellationToken);
        _mayBeDue = due.Count > 0;
        if (due.Count > 0)
        {
            reader.Begin(due);
        }
    }

    private async Task TakeAsync(HubDbContext db, ContactsRead read, CancellationToken cancellationToken)
    {
        await ContactMirror.StoreAsync(
            db,
            [.. read.Live.Found.Values.DistinctBy(record => record.Id)],
            isArchived: false,
            session.Now,
            cancellationToken
        );
        await ContactMirror.StoreAsync(db, read.Binned, isArchived: true, session.Now, cancellationToken);
        await ContactMirror.DropAsync(db, read.Gone, cancellationToken);

        // What changed once more while it was read has another revision by now, and stays.
        foreach (var same in read.Due.GroupBy(row => row.Revision, row => row.ContactId))
        {
            var (revision, ids) = (same.Key, same.ToList());
            await db
                .ContactReadings.Where(row => row.Revision == revision && ids.Contains(row.ContactId))
                .ExecuteDeleteAsync(cancellationToken);
        }
    }

    private async Task<bool> WalkAsync(CancellationToken cancellationToken)
    {
        if (await DueAsync(cancellationToken) is not { } cursor)
        {
            return false;
        }

        await ahead.OpenAsync(HubSpotObjectTypes.Contacts, cursor.ImportAfter, isCounted: cursor.Total is null);
        if (await ahead.NextAsync(HubSpotObjectTypes.Contacts) is not { } page)
        {
            return false;
        }

        // Of a page that fails it is not known what was stored.
        _cursor = null;
        _cursor = await session.WriteAsync((db, token) => TakeAsync(db, page, token), cancellationToken);
        _mayBeDue = true;
        await ahead.TakenAsync(page);
        return true;
    }

    private async Task<SyncCursor?> DueAsync(CancellationToken cancellationToken)
    {
        _cursor ??= await LoadAsync(cancellationToken);
        if (_cursor.ImportStartedAt is { } started && _cursor.PolledUpTo != started)
        {
            return _cursor;
        }

        if (ahead.IsHeld || !await IsDueAsync(_cursor, cancellationToken))
        {
            return null;
        }

        _cursor = null;
        return _cursor = await session.WriteAsync(
            async (db, token) =>
            {
                var row = await db.CursorAsync(Cursor, token);
                // The mark of the walk before is taken off: two that begin in the same moment are two all the same.
                (row.ImportStartedAt, row.ImportAfter, row.Imported) = (session.Now, null, 0);
                row.PolledUpTo = null;
                return row;
            },
            cancellationToken
        );
    }

    private async Task<SyncCursor> LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = await session.ReadAsync(cancellationToken);
        return await db.SyncCursors.SingleOrDefaultAsync(row => row.ObjectType == Cursor, cancellationToken)
            ?? new SyncCursor { ObjectType = Cursor };
    }

    private async Task<bool> IsDueAsync(SyncCursor cursor, CancellationToken cancellationToken)
    {
        if (cursor.ImportStartedAt is not { } last)
        {
            return true;
        }

        // Asking each round for what happens once a night would be most of an idle round's work.
        if (session.Now < _lookAt || session.Now - last < CompareStep.Night)
        {
            return false;
        }

        _lookAt = session.Now + Look;
        await using var db = await session.ReadAsync(cancellationToken);
        var zone = await db.HubSpotAccounts.Select(row => row.TimeZone).SingleAsync(cancellationToken);
        return session.Now - last >= CompareStep.PatienceAt(session.Now, zone);
    }

    private async Task<SyncCursor> TakeAsync(HubDbContext db, PageRead page, CancellationToken cancellationToken)
    {
        // What was exchanged since the page was begun may be older in it than it is here.
        var outdated = page
            .Records.Select(record => record.Id)
            .Where(id => session.Exchanged.IsSince(page.Start.Mark, HubSpotObjectTypes.Contacts, id))
            .ToHashSet();
        await ContactMirror.StoreAsync(
            db,
            [.. page.Records.Where(record => !outdated.Contains(record.Id))],
            isArchived: false,
            session.Now,
            cancellationToken
        );
        await ContactMirror.LookAgainAsync(db, outdated, cancellationToken);
        var row = await db.CursorAsync(Cursor, cancellationToken);
        row.ImportAfter = page.Next;
        row.Imported += page.Records.Count;
        row.Total = page.Total ?? row.Total;
        if (page.Next is null)
        {
            // What this walk has taken in counts as met: it is saved before the others are looked for.
            await db.SaveChangesAsync(cancellationToken);
            await ContactMirror.EndWalkAsync(db, row.ImportStartedAt!.Value, session.Now, cancellationToken);
            (row.ImportedAt, row.PolledUpTo, row.Total) = (session.Now, row.ImportStartedAt, row.Imported);
        }

        return row;
    }
}
