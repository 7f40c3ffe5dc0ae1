using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Privacy;

/// <summary>Which leads are about one client: those with the same phone or mail, and those that were merged.</summary>
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
        // Up to the leads that stayed, then down again to all that were merged into those.
        var merged = await db
            .Database.SqlQuery<Guid>(
                $"""
                WITH RECURSIVE up (id, merged_into_id) AS (
                    SELECT id, merged_into_id FROM leads WHERE id = ANY ({found})
                    UNION
                    SELECT next.id, next.merged_into_id FROM leads next JOIN up ON next.id = up.merged_into_id),
                down (id) AS (
                    SELECT id FROM up
                    UNION
                    SELECT lead.id FROM leads lead JOIN down ON lead.merged_into_id = down.id)
                SELECT id AS "Value" FROM down
                """
            )
            .ToListAsync(cancellationToken);
        return db.Leads.Where(row => merged.Contains(row.Id));
    }
}
