using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Leads;

/// <summary>A lead with those that were merged into it.</summary>
internal static class LeadFamily
{
    /// <summary>Keys of the lead and of all that were merged into it, or into one of those.</summary>
    public static IQueryable<Guid> MergedFamily(this HubDbContext db, Guid leadId) =>
        db.Database.SqlQuery<Guid>(
            $"""
            WITH RECURSIVE family (id) AS (
                SELECT {leadId}
                UNION
                SELECT lead.id FROM leads lead JOIN family ON lead.merged_into_id = family.id)
            SELECT id AS "Value" FROM family
            """
        );
}
