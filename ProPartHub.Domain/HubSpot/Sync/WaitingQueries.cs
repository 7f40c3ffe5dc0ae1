using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Something that waits to be carried to HubSpot, with what would be carried.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="SubjectId">Its id.</param>
/// <param name="LeadId">The lead.</param>
/// <param name="LeadNumber">The lead's number.</param>
/// <param name="ClientName">The lead's client.</param>
/// <param name="Currency">Currency of a budget.</param>
/// <param name="IsNew">True for a lead whose deal would be made.</param>
/// <param name="Since">When the oldest change was made (UTC).</param>
/// <param name="Words">HubSpot's words of the last try, if there was one.</param>
/// <param name="Changes">Fields that differ from what both sides last agreed on.</param>
public sealed record WaitingItem(
    OutboxKind Kind,
    Guid SubjectId,
    Guid LeadId,
    long LeadNumber,
    string ClientName,
    string? Currency,
    bool IsNew,
    DateTimeOffset Since,
    string? Words,
    IReadOnlyList<WaitingChange> Changes
);

/// <summary>A field to be told.</summary>
/// <param name="Field">Name of the <see cref="LeadField"/>, or <c>Budget</c> for both ends of it.</param>
/// <param name="Before">What both sides agreed on.</param>
/// <param name="After">The portal's value.</param>
public sealed record WaitingChange(string Field, FieldValue Before, FieldValue After);

/// <summary>
/// Reads what waits to be carried to HubSpot: while writing is off, the preview of what turning it on would do.
/// </summary>
public sealed class WaitingQueries(HubDatabase database)
{
    /// <summary>What waits, in the order in which it goes.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="page">Which page, from 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<NumberedPage<WaitingItem>> PageAsync(Actor actor, int page, CancellationToken cancellationToken)
    {
        SyncAdmin.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var waiting =
            from entry in db.Outbox
            where entry.ParkedAt == null
            join lead in db.Leads on entry.LeadId equals lead.Id
            join sync in db.LeadSyncs on entry.LeadId equals sync.LeadId into known
            from sync in known.DefaultIfEmpty()
            orderby entry.DueAt, entry.SubjectId
            select new Row(entry, lead, sync);
        var found = await waiting.PageAsync(page, SyncTroubleQueries.PageSize, cancellationToken);
        var changes = found.Rows.Select(Changes).ToList();
        var values = await FieldValues.LoadAsync(
            db,
            [
                .. changes
                    .SelectMany(few => few)
                    .SelectMany(change => new[] { (change.Field, change.Before), (change.Field, change.After) }),
            ],
            cancellationToken
        );
        return new(
            [.. found.Rows.Zip(changes, (row, few) => Item(row, few, values))],
            found.Number,
            found.Total,
            found.Size
        );
    }

    private static List<(string Field, string? Before, string? After)> Changes(Row row)
    {
        if (row.Entry.Kind is not OutboxKind.Lead || row.Sync?.DealId is null)
        {
            return [];
        }

        var agreed = row.Sync.Agreed;
        return
        [
            .. FieldValues
                .Of(row.Lead)
                .Where(own => agreed.TryGetValue(own.Key, out var value) && value != own.Value)
                .Select(own => (own.Key, agreed[own.Key], own.Value)),
        ];
    }

    private static WaitingItem Item(
        Row row,
        List<(string Field, string? Before, string? After)> changes,
        FieldValues values
    ) =>
        new(
            row.Entry.Kind,
            row.Entry.SubjectId,
            row.Lead.Id,
            row.Lead.Number,
            row.Lead.ClientName,
            row.Lead.Currency,
            row.Entry.Kind is OutboxKind.Lead && row.Sync?.DealId is null,
            row.Entry.Since,
            row.Entry.LastError,
            [
                .. changes.Select(change => new WaitingChange(
                    change.Field,
                    values.Read(change.Field, change.Before),
                    values.Read(change.Field, change.After)
                )),
            ]
        );

    private sealed record Row(OutboxEntry Entry, Lead Lead, LeadSync? Sync);
}
