using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>One fact of what the sync did.</summary>
/// <param name="Id">Order of writing.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Towards"><see cref="ChangeOrigin.HubSpot"/> for what was carried there, else what was taken from it.</param>
/// <param name="What">What was done: a resource key's last part.</param>
/// <param name="Detail">HubSpot's id or words, or the fields, when they help.</param>
/// <param name="Succeeded">False when it failed.</param>
/// <param name="LeadId">The lead, when it is about one.</param>
/// <param name="LeadNumber">Its number.</param>
/// <param name="ClientName">Its client.</param>
public sealed record SyncLogRow(
    long Id,
    DateTimeOffset At,
    ChangeOrigin Towards,
    string What,
    string? Detail,
    bool Succeeded,
    Guid? LeadId,
    long? LeadNumber,
    string? ClientName
);

/// <summary>A page of the sync's log.</summary>
/// <param name="Rows">Newest first.</param>
/// <param name="Older">Where the next page begins; null at the end.</param>
public sealed record SyncLogPage(IReadOnlyList<SyncLogRow> Rows, long? Older);

/// <summary>Reads what the sync wrote down about itself.</summary>
public sealed class SyncLogQueries(HubDatabase database)
{
    /// <summary>Rows of a full page.</summary>
    public const int PageSize = 50;

    /// <summary>A page of the whole log, newest first.</summary>
    /// <param name="actor">An admin.</param>
    /// <param name="onlyFailed">True for what failed alone.</param>
    /// <param name="before"><see cref="SyncLogPage.Older"/> of the page before; null for the newest.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<SyncLogPage> PageAsync(
        Actor actor,
        bool onlyFailed,
        long? before,
        CancellationToken cancellationToken
    )
    {
        SyncAdmin.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);

        // One row more than is shown tells whether there is another page.
        var log = onlyFailed ? db.SyncLog.Where(row => !row.Succeeded) : db.SyncLog;
        var entries = log.Where(row => before == null || row.Id < before);
        var rows = await NewestAsync(db, entries, PageSize + 1, cancellationToken);
        var shown = rows.Take(PageSize).ToList();
        return new SyncLogPage(shown, rows.Count > PageSize ? shown[^1].Id : null);
    }

    /// <summary>The last <see cref="PageSize"/> things exchanged about one lead, newest first.</summary>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    public async Task<IReadOnlyList<SyncLogRow>> OfLeadAsync(
        Actor actor,
        Guid leadId,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        await db.RequireVisibleLeadAsync(actor, leadId, cancellationToken);
        return await NewestAsync(db, db.SyncLog.Where(row => row.LeadId == leadId), PageSize, cancellationToken);
    }

    private static Task<List<SyncLogRow>> NewestAsync(
        HubDbContext db,
        IQueryable<SyncLogEntry> entries,
        int most,
        CancellationToken cancellationToken
    ) =>
        (
            from entry in entries.OrderByDescending(row => row.Id).Take(most)
            join lead in db.Leads on entry.LeadId equals lead.Id into known
            from lead in known.DefaultIfEmpty()
            orderby entry.Id descending
            select new SyncLogRow(
                entry.Id,
                entry.At,
                entry.Towards,
                entry.What,
                entry.Detail,
                entry.Succeeded,
                entry.LeadId,
                lead == null ? null : lead.Number,
                lead == null ? null : lead.ClientName
            )
        ).ToListAsync(cancellationToken);
}
