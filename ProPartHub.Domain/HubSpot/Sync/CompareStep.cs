using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Compares everything once a night: finds what no webhook and no poll has told, such as records that were deleted or
/// erased. Differences are settled like any change; how many there were is written down.
/// </summary>
internal sealed class CompareStep(SyncSession session, PagesAhead ahead, PageIntake pages, ChangedRecords changed)
{
    /// <summary>A comparison within this time of the last one is none of the same night.</summary>
    public static readonly TimeSpan Night = TimeSpan.FromHours(20);

    /// <summary>A hub that is never on at night compares by day, this long after the last time.</summary>
    public static readonly TimeSpan Latest = TimeSpan.FromHours(48);

    // By the account's clock: when hardly anybody waits, after its daily limit began anew.
    private const int FirstHour = 1;
    private const int LastHour = 5;

    // Asking the database each round for what happens once a night would be most of an idle round's work.
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(5);

    private TimeSpan _lookAt;
    private SyncPart _off;
    private Walk? _walk;

    /// <summary>Compares a page of the type that is due, if it is there.</summary>
    /// <returns>True when a page was compared.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (_off != session.Off)
        {
            // What was turned on is due now; what was turned off must not be walked on.
            (_off, _lookAt, _walk) = (session.Off, session.Steady, null);
        }

        if (_walk is null && session.Steady >= _lookAt && !ahead.IsHeld)
        {
            _lookAt = session.Steady + Look;
            _walk = await NextAsync(cancellationToken);
        }

        if (_walk is null)
        {
            return false;
        }

        await ahead.OpenAsync(_walk.Type, _walk.After);
        if (await ahead.NextAsync(_walk.Type) is not { } page)
        {
            return false;
        }

        // The walk moves on when all is done; after a failure, also one of the last reading, the same page comes again.
        var touched = await pages.TakeAsync(page, ChangeOrigin.HubSpot, alongside: null, cancellationToken);
        _walk.Unseen.ExceptWith(page.Records.Select(record => record.Id));
        var walk = _walk with
        {
            After = page.Next,
            Compared = _walk.Compared + page.Records.Count,
            Repaired = _walk.Repaired + touched,
        };
        if (page.Next is not null)
        {
            _walk = walk;
            await ahead.TakenAsync(page);
            return true;
        }

        // Known here and not met: deleted, erased, merged, or moved on while we walked; reading them again tells which.
        await changed.ReadAgainAsync(walk.Type, walk.Unseen, cancellationToken);
        await EndAsync(walk, cancellationToken);
        (_walk, _lookAt) = (null, session.Steady);
        await ahead.TakenAsync(page);
        return true;
    }

    private async Task<Walk?> NextAsync(CancellationToken cancellationToken)
    {
        await using var db = await session.ReadAsync(cancellationToken);
        var cursors = await db.SyncCursors.ToDictionaryAsync(cursor => cursor.ObjectType, cancellationToken);
        if (RecordPages.Types.Any(type => cursors.GetValueOrDefault(type)?.ImportedAt is null))
        {
            return null;
        }

        var account = await db.HubSpotAccounts.SingleAsync(cancellationToken);
        var patience = PatienceAt(session.Now, account.TimeZone);
        var due = RecordPages
            .Types.Where(type => session.IsOn(SyncParts.Of(type)))
            .FirstOrDefault(type =>
                session.Now - (cursors.GetValueOrDefault(CursorOf(type))?.PolledUpTo ?? cursors[type].ImportedAt!.Value)
                >= patience
            );
        return due is null
            ? null
            : new Walk(due, session.Now, null, await KnownAsync(db, due, cancellationToken), 0, 0);
    }

    /// <summary>Makes a comparison of everything due. Inside the caller's transaction.</summary>
    internal static async Task RequestAsync(HubDbContext db, CancellationToken cancellationToken)
    {
        foreach (var type in RecordPages.Types)
        {
            var row = await db.CursorAsync(CursorOf(type), cancellationToken);
            row.PolledUpTo = DateTimeOffset.UnixEpoch;
        }
    }

    /// <summary>How old the last comparison may be: less at night, when hardly anybody waits.</summary>
    /// <param name="now">The present moment (UTC).</param>
    /// <param name="timeZone">The account's.</param>
    internal static TimeSpan PatienceAt(DateTimeOffset now, string timeZone) =>
        TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).Hour is >= FirstHour and < LastHour
            ? Night
            : Latest;

    private static async Task<HashSet<string>> KnownAsync(
        HubDbContext db,
        string type,
        CancellationToken cancellationToken
    )
    {
        var ids = EngagementType.Of(type) switch
        {
            null => db
                .LeadSyncs.Where(sync => sync.DealId != null && sync.DeletedAt == null)
                .Select(sync => sync.DealId!),
            { Kind: { } kind } => db
                .Activities.Where(row => row.Kind == kind && row.DeletedAt == null)
                .Select(row => row.HubSpotId),
            { Type: HubSpotObjectTypes.Tasks } => from sync in db.FollowUpSyncs
            join followUp in db.FollowUps on sync.FollowUpId equals followUp.Id
            where sync.TaskId != null && followUp.DeletedAt == null
            select sync.TaskId!,
            _ => from sync in db.NoteSyncs
            join comment in db.Comments on sync.CommentId equals comment.Id
            where sync.NoteId != null && comment.DeletedAt == null
            select sync.NoteId!,
        };
        return [.. await ids.ToListAsync(cancellationToken)];
    }

    private Task EndAsync(Walk walk, CancellationToken cancellationToken) =>
        session.WriteAsync(
            async (db, token) =>
            {
                var row = await db.CursorAsync(CursorOf(walk.Type), token);
                row.PolledUpTo = walk.BegunAt;
                var detail = $"{walk.Type}: {walk.Compared} / {walk.Repaired + walk.Unseen.Count}";
                db.In(session.Now, leadId: null, SyncJournal.Compared, detail);
            },
            cancellationToken
        );

    private static string CursorOf(string type) => $"compared/{type}";

    /// <param name="Type">What is compared.</param>
    /// <param name="BegunAt">Since when (UTC).</param>
    /// <param name="After">Where the next page begins.</param>
    /// <param name="Unseen">Known here and not met there so far.</param>
    /// <param name="Compared">Records met.</param>
    /// <param name="Repaired">Records that were new or different here.</param>
    private sealed record Walk(
        string Type,
        DateTimeOffset BegunAt,
        string? After,
        HashSet<string> Unseen,
        int Compared,
        int Repaired
    );
}
