using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>Finds what addresses of the former portal meant.</summary>
public sealed class LegacyLinks(HubDatabase database)
{
    /// <summary>The lead of an old number; null where there is none that the actor may see.</summary>
    public async Task<Guid?> LeadAsync(Actor actor, long oldId, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await db
            .Leads.VisibleTo(actor)
            .Where(lead =>
                db.LegacyIds.Any(row => row.Kind == LegacyKind.Lead && row.OldId == oldId && row.NewId == lead.Id)
            )
            .Select(lead => (Guid?)lead.Id)
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The number here of a project of the catalogue, which everybody sees; null where there is none.</summary>
    public async Task<long?> PropertyAsync(long oldId, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await db
            .LegacyIds.Where(row => row.Kind == LegacyKind.Property && row.OldId == oldId)
            .Join(db.Developments, row => row.NewId, row => row.Id, (_, development) => (long?)development.Number)
            .SingleOrDefaultAsync(cancellationToken);
    }
}
