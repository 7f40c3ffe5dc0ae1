using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.HubSpot.Contacts;

/// <summary>
/// Reads the mirror of the HubSpot account's contacts, for admins. HubSpot is never asked: what is shown is what the sync has
/// read. Each method is a fixed number of SQL commands.
/// </summary>
public sealed class ContactQueries(HubDatabase database, AgencyCalendar calendar)
{
    private const int MostWords = 6;

    /// <summary>A page of the contacts; three commands.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<ContactPage> PageAsync(Actor actor, ContactQuery query, CancellationToken cancellationToken)
    {
        RequireAdmin(actor);
        var size = Math.Clamp(query.PageSize, 1, ContactQuery.MaxPageSize);
        await using var db = await database.ReadAsync(cancellationToken);

        // One row more than asked tells whether there is a further page.
        var rows = await ContactOrder
            .Of(Filter(db, query), query)
            .Take(size + 1)
            .Select(row => new ContactRow(
                row.Id,
                row.Number,
                row.Name,
                row.Email,
                row.Company,
                row.OwnerId,
                db.HubSpotOwners.Where(owner => owner.Id == row.OwnerId).Select(owner => owner.Name).FirstOrDefault(),
                row.Lifecycle,
                row.LeadStatus,
                row.CreatedAt,
                row.UpdatedAt,
                row.ArchivedAt
            ))
            .ToListAsync(cancellationToken);
        var more = rows.Count > size;
        rows = await WithPartsAsync(db, [.. rows.Take(size)], cancellationToken);
        if (query.Backward)
        {
            rows.Reverse();
        }

        var hasPlace = ContactOrder.IsPlace(query.Cursor);
        var hasPrevious = query.Backward ? more : hasPlace;
        var hasNext = query.Backward ? hasPlace : more;
        return new ContactPage(
            rows,
            hasPrevious && rows.Count > 0 ? ContactOrder.PlaceOf(rows[0], query.Sort) : null,
            hasNext && rows.Count > 0 ? ContactOrder.PlaceOf(rows[^1], query.Sort) : null
        );
    }

    /// <summary>How many the query finds, counted up to <see cref="LeadCount.Cap"/>; one command.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<LeadCount> CountAsync(Actor actor, ContactQuery query, CancellationToken cancellationToken)
    {
        RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var count = await Filter(db, query).Take(LeadCount.Cap + 1).CountAsync(cancellationToken);
        return new LeadCount(Math.Min(count, LeadCount.Cap), count > LeadCount.Cap);
    }

    /// <summary>How many contacts the query finds, all of them, as goes on record with a file; one command.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<int> CountAllAsync(Actor actor, ContactQuery query, CancellationToken cancellationToken)
    {
        RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        return await Filter(db, query).CountAsync(cancellationToken);
    }

    /// <summary>HubSpot's owners by name, to choose from; one command.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<IReadOnlyList<ContactOwner>> OwnersAsync(Actor actor, CancellationToken cancellationToken)
    {
        RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        return await db
            .HubSpotOwners.OrderBy(owner => EF.Functions.Collate(owner.Name, "uk-x-icu"))
            .ThenBy(owner => owner.Id)
            .Select(owner => new ContactOwner(owner.Id, owner.Name))
            .ToListAsync(cancellationToken);
    }

    /// <summary>How far the account's contacts are read; two commands.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<ContactMirrorState> StateAsync(Actor actor, CancellationToken cancellationToken)
    {
        RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var account = await db.HubSpotAccounts.SingleOrDefaultAsync(cancellationToken);
        var cursor = await db.SyncCursors.SingleOrDefaultAsync(
            row => row.ObjectType == ContactMirrorStep.Cursor,
            cancellationToken
        );
        return new ContactMirrorState(
            account?.PortalId,
            account?.UiDomain,
            account?.IsSandbox is true,
            account is not null && (account.SwitchedOff & ContactMirrorStep.Parts) is SyncPart.None,
            cursor?.Imported ?? 0,
            cursor?.Total,
            cursor?.ImportedAt
        );
    }

    /// <summary>What the query leaves of the contacts.</summary>
    internal IQueryable<MirroredContact> Filter(HubDbContext db, ContactQuery query)
    {
        var found = query.Archived
            ? db.MirroredContacts.Where(row => row.ArchivedAt != null)
            : db.MirroredContacts.Where(row => row.ArchivedAt == null);

        // Written out for each value, since only so the index with that very condition is used.
        found = query.HasPhone switch
        {
            true => found.Where(row => row.HasPhone),
            false => found.Where(row => !row.HasPhone),
            null => found,
        };
        found = query.HasMail switch
        {
            true => found.Where(row => row.Email != null),
            false => found.Where(row => row.Email == null),
            null => found,
        };
        found = query.HasLead switch
        {
            true => found.Where(row => db.LeadSyncs.Any(sync => sync.ContactId == row.Id)),
            false => found.Where(row => !db.LeadSyncs.Any(sync => sync.ContactId == row.Id)),
            null => found,
        };
        found = query.OwnerId switch
        {
            null => found,
            ContactQuery.Nobody => found.Where(row => row.OwnerId == null),
            var owner => found.Where(row => row.OwnerId == owner),
        };
        if (query.CreatedFrom is { } first)
        {
            var from = calendar.StartOf(first);
            found = found.Where(row => row.CreatedAt >= from);
        }

        if (query.CreatedTo is { } last && last < DateOnly.MaxValue)
        {
            var before = calendar.StartOf(last.AddDays(1));
            found = found.Where(row => row.CreatedAt < before);
        }

        return Search(found, query.Search);
    }

    private static IQueryable<MirroredContact> Search(IQueryable<MirroredContact> found, string? search)
    {
        if (string.IsNullOrWhiteSpace(search))
        {
            return found;
        }

        // Words are looked for apart, whatever their order.
        var words = SearchText.ForQuery(search).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words.Take(MostWords))
        {
            var pattern = LikePattern.Containing(word);
            found = found.Where(row => EF.Functions.Like(row.SearchText, pattern, LikePattern.Escape));
        }

        return found;
    }

    private static async Task<List<ContactRow>> WithPartsAsync(
        HubDbContext db,
        List<ContactRow> rows,
        CancellationToken cancellationToken
    )
    {
        var ids = rows.ConvertAll(row => row.Id);
        var phones = (
            await db.MirroredPhones.Where(row => ids.Contains(row.ContactId)).ToListAsync(cancellationToken)
        ).ToLookup(row => row.ContactId, row => new ContactPhone(row.Property, row.Text, row.E164));
        var leads = (
            await (
                from sync in db.LeadSyncs
                join lead in db.Leads on sync.LeadId equals lead.Id
                where ids.Contains(sync.ContactId!)
                orderby lead.Number descending
                select new { sync.ContactId, Lead = new ContactLead(lead.Id, lead.Number) }
            ).ToListAsync(cancellationToken)
        ).ToLookup(row => row.ContactId!, row => row.Lead);
        return rows.ConvertAll(row =>
            row with
            {
                Phones =
                [
                    .. phones[row.Id]
                        .OrderBy(phone => ContactProperties.OrderOf(phone.Property))
                        .DistinctBy(phone => phone.E164 ?? phone.Text),
                ],
                Leads = [.. leads[row.Id]],
            }
        );
    }

    private static void RequireAdmin(Actor actor)
    {
        if (actor.Role is not Role.Admin)
        {
            throw ForbiddenException.For(actor, GuardedAct.ReadContacts);
        }
    }
}
