using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Privacy;

namespace ProPartHub.Domain.HubSpot.Contacts;

/// <summary>The rows of the mirror: taken in, marked to be read again, dropped. Always inside the caller's transaction.</summary>
internal static class ContactMirror
{
    /// <summary>How long HubSpot keeps what was deleted there; so does the mirror.</summary>
    public static readonly TimeSpan BinLasts = TimeSpan.FromDays(90);

    /// <summary>Takes records as HubSpot has them; those of erased clients and those that are older than what is stored stay out.</summary>
    /// <param name="db">The caller's transaction.</param>
    /// <param name="records">Each once.</param>
    /// <param name="isArchived">Whether they lie in HubSpot's recycle bin.</param>
    /// <param name="now">The present moment (UTC).</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task StoreAsync(
        HubDbContext db,
        IReadOnlyCollection<HubSpotObject> records,
        bool isArchived,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var allowed = await WithoutErasedAsync(db, records, cancellationToken);
        var ids = allowed.ConvertAll(record => record.Id);
        var stored = await db
            .MirroredContacts.Include(row => row.Phones)
            .Where(row => ids.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, cancellationToken);
        foreach (var record in allowed)
        {
            if (!ContactProperties.TryNumber(record.Id, out var number))
            {
                continue;
            }

            if (!stored.TryGetValue(record.Id, out var row))
            {
                row = db.MirroredContacts.Add(new MirroredContact { Id = record.Id, Number = number }).Entity;
            }

            row.ReadAt = now;
            if (ContactProperties.UpdatedAt(record) is { } updated && updated < row.UpdatedAt)
            {
                continue;
            }

            ContactProperties.Write(row, record, now);
            row.ArchivedAt = isArchived ? row.ArchivedAt ?? now : null;
        }

        // What went under in a merge lives on in the record that answers for it.
        var merged = records.SelectMany(record => record.MergedIds.Where(id => id != record.Id)).Distinct().ToList();
        await DropAsync(db, merged, cancellationToken);
    }

    /// <summary>Drops contacts that HubSpot no longer has under that id.</summary>
    public static async Task DropAsync(
        HubDbContext db,
        IReadOnlyCollection<string> ids,
        CancellationToken cancellationToken
    )
    {
        if (ids.Count > 0)
        {
            await db.MirroredContacts.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
        }
    }

    /// <summary>Has contacts read again.</summary>
    public static Task LookAgainAsync(
        HubDbContext db,
        IReadOnlyCollection<string> ids,
        CancellationToken cancellationToken
    )
    {
        string[] known = [.. ids.Where(id => ContactProperties.TryNumber(id, out _)).Distinct()];
        return known.Length == 0
            ? Task.CompletedTask
            : db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO hubspot_contact_reads (contact_id, revision) SELECT id, 1 FROM unnest({known}) AS id
                ON CONFLICT (contact_id) DO UPDATE SET revision = hubspot_contact_reads.revision + 1
                """,
                cancellationToken
            );
    }

    /// <summary>Has those read again that a walk through all contacts did not meet, and drops what HubSpot's bin no longer holds.</summary>
    /// <param name="db">The caller's transaction.</param>
    /// <param name="begunAt">When the walk began (UTC).</param>
    /// <param name="now">The present moment (UTC).</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task EndWalkAsync(
        HubDbContext db,
        DateTimeOffset begunAt,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO hubspot_contact_reads (contact_id, revision)
            SELECT id, 1 FROM hubspot_contacts WHERE read_at < {begunAt} AND archived_at IS NULL
            ON CONFLICT (contact_id) DO UPDATE SET revision = hubspot_contact_reads.revision + 1
            """,
            cancellationToken
        );
        var oldest = now - BinLasts;
        await db.MirroredContacts.Where(row => row.ArchivedAt < oldest).ExecuteDeleteAsync(cancellationToken);
    }

    private static async Task<List<HubSpotObject>> WithoutErasedAsync(
        HubDbContext db,
        IReadOnlyCollection<HubSpotObject> records,
        CancellationToken cancellationToken
    )
    {
        var ids = records.SelectMany(record => record.MergedIds.Append(record.Id)).Distinct().ToList();
        var erased = await db
            .ErasedRecords.Where(row => row.ObjectType == HubSpotObjectTypes.Contacts && ids.Contains(row.HubSpotId))
            .ToDictionaryAsync(row => row.HubSpotId, cancellationToken);
        if (erased.Count == 0)
        {
            return [.. records];
        }

        var gone = records
            .Where(record => record.MergedIds.Append(record.Id).Any(erased.ContainsKey))
            .Select(record => record.Id)
            .ToHashSet();
        foreach (var record in records.Where(record => gone.Contains(record.Id) && !erased.ContainsKey(record.Id)))
        {
            // An erased contact that was merged goes on under another's id, and is as little wanted there.
            var old = erased[record.MergedIds.First(erased.ContainsKey)];
            db.ErasedRecords.Add(
                new ErasedRecord
                {
                    ObjectType = HubSpotObjectTypes.Contacts,
                    HubSpotId = record.Id,
                    LeadId = old.LeadId,
                    ErasedAt = old.ErasedAt,
                }
            );
        }

        await DropAsync(db, gone, cancellationToken);
        return [.. records.Where(record => !gone.Contains(record.Id))];
    }
}
