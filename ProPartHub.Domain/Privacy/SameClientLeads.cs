using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Privacy;

/// <summary>
/// Which leads are about one client: those with the same phone or mail, and those that were merged. Whoever told two leads
/// apart knew better than the contacts do: a family of merged leads that was told apart from the client's is another's.
/// </summary>
internal static class SameClientLeads
{
    /// <summary>The client's leads, among them those that were merged into the lead and the one that it was merged into,
    /// whatever contacts they have.</summary>
    public static async Task<IQueryable<Lead>> ClientLeadsAsync(
        this HubDbContext db,
        Lead lead,
        CancellationToken cancellationToken
    )
    {
        var (id, email) = (lead.Id, lead.Email);
        var phones = new[] { lead.Phone, lead.SecondPhone }.OfType<string>().ToList();
        var found = await db
            .Leads.Where(row =>
                row.Id == id
                || phones.Contains(row.Phone!)
                || phones.Contains(row.SecondPhone!)
                || (email != null && row.Email == email)
            )
            .Select(row => row.Id)
            .ToListAsync(cancellationToken);
        var families = await FamiliesAsync(db, found, cancellationToken);
        var own = families.Single(family => family.Contains(id));
        var apart = await db
            .DistinctClients.Where(pair => own.Contains(pair.FirstId) || own.Contains(pair.SecondId))
            .Select(pair => own.Contains(pair.FirstId) ? pair.SecondId : pair.FirstId)
            .ToListAsync(cancellationToken);
        var client = families.Where(family => family == own || !family.Overlaps(apart)).SelectMany(ids => ids).ToList();
        return db.Leads.Where(row => client.Contains(row.Id));
    }

    // Up to the leads that stayed, then down again to all that were merged into those.
    private static async Task<List<HashSet<Guid>>> FamiliesAsync(
        HubDbContext db,
        List<Guid> found,
        CancellationToken cancellationToken
    )
    {
        var members = await db
            .Database.SqlQuery<FamilyMember>(
                $"""
                WITH RECURSIVE up (id, merged_into_id) AS (
                    SELECT id, merged_into_id FROM leads WHERE id = ANY ({found})
                    UNION
                    SELECT next.id, next.merged_into_id FROM leads next JOIN up ON next.id = up.merged_into_id),
                down (id, head_id) AS (
                    SELECT id, id FROM up WHERE merged_into_id IS NULL
                    UNION
                    SELECT lead.id, down.head_id FROM leads lead JOIN down ON lead.merged_into_id = down.id)
                SELECT id, head_id FROM down
                """
            )
            .ToListAsync(cancellationToken);
        return [.. members.GroupBy(row => row.HeadId, row => row.Id).Select(ids => ids.ToHashSet())];
    }

    private sealed record FamilyMember(Guid Id, Guid HeadId);
}
