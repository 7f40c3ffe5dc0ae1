using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Live;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// The previews that were worked out: until when each may be believed, whose are worked out again and whose go, so that
/// none outlives what it tells of.
/// </summary>
internal sealed class PreviewStore(SyncSession session)
{
    // What changed in HubSpot without our learning of it, such as a contact made there meanwhile.
    private static readonly TimeSpan LastsFor = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    // At first nobody knows what an earlier holder left.
    private bool _mayHaveRows = true;
    private DateTimeOffset _dropAt;

    /// <summary>Stores what was worked out, and tells open pages where it is something else than before.</summary>
    public Task StoreAsync(
        List<WaitingLead> rows,
        Dictionary<Guid, LeadPreview> previews,
        CancellationToken cancellationToken
    )
    {
        _mayHaveRows = true;
        return session.WriteAsync(
            async (db, token) =>
            {
                var ids = previews.Keys.ToList();
                var before = await db
                    .LeadPreviews.Where(row => ids.Contains(row.LeadId))
                    .AsNoTracking()
                    .ToDictionaryAsync(row => row.LeadId, token);
                await db.LeadPreviews.Where(row => ids.Contains(row.LeadId)).ExecuteDeleteAsync(token);
                var changed = new List<Guid>();
                foreach (var row in rows)
                {
                    var preview = previews[row.Lead.Id];
                    (preview.Revision, preview.SwitchedOff) = (row.Entry.Revision, session.Off & ~SyncPart.Outbound);
                    (preview.WorkedOutAt, preview.DueAt) = (session.Now, session.Now + LastsFor);
                    db.LeadPreviews.Add(preview);
                    if (!before.TryGetValue(row.Lead.Id, out var old) || !IsSame(old, preview))
                    {
                        changed.Add(row.Lead.Id);
                    }
                }

                if (changed.Count > 0)
                {
                    await AgainAsync(db, row => row.MakerId != null && changed.Contains(row.MakerId.Value), token);
                    await GoneAsync(db, token);
                    await db.NotifyRefreshAsync(token);
                }
            },
            cancellationToken
        );
    }

    /// <summary>Once writing is on, drops what has gone to HubSpot.</summary>
    public async Task DropAsync(CancellationToken cancellationToken)
    {
        if (_mayHaveRows && session.Now >= _dropAt)
        {
            _dropAt = session.Now + Rest;
            _mayHaveRows = await session.WriteAsync(
                async (db, token) =>
                {
                    await GoneAsync(db, token);
                    return await db.LeadPreviews.AnyAsync(token);
                },
                cancellationToken
            );
        }
    }

    /// <summary>Has previews of these contacts worked out again: HubSpot told of a change.</summary>
    public Task LookAgainAsync(IReadOnlyCollection<string> contactIds, CancellationToken cancellationToken) =>
        session.IsOn(SyncPart.Outbound)
            ? Task.CompletedTask
            : session.WriteAsync(
                (db, token) =>
                    AgainAsync(db, row => row.ContactId != null && contactIds.Contains(row.ContactId), token),
                cancellationToken
            );

    private Task<int> AgainAsync(
        HubDbContext db,
        Expression<Func<LeadPreview, bool>> which,
        CancellationToken cancellationToken
    )
    {
        var now = session.Now;
        return db
            .LeadPreviews.Where(which)
            .ExecuteUpdateAsync(row => row.SetProperty(preview => preview.DueAt, now), cancellationToken);
    }

    private static Task<int> GoneAsync(HubDbContext db, CancellationToken cancellationToken)
    {
        var waiting = WaitingLeads.Of(db, SyncPart.None).Select(row => row.Lead.Id);
        return db
            .LeadPreviews.Where(preview => !waiting.Contains(preview.LeadId))
            .ExecuteDeleteAsync(cancellationToken);
    }

    private static bool IsSame(LeadPreview old, LeadPreview now) =>
        old.Revision == now.Revision
        && old.SwitchedOff == now.SwitchedOff
        && old.Outcome == now.Outcome
        && old.Reason == now.Reason
        && old.ContactId == now.ContactId
        && old.ContactName == now.ContactName
        && old.FoundBy == now.FoundBy
        && old.OtherContacts == now.OtherContacts
        && old.MakerId == now.MakerId
        && old.Fields.SequenceEqual(now.Fields);
}
