using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Audit;

/// <summary>Counts the events that have no seal yet.</summary>
internal static class AuditWaiting
{
    /// <summary>Above so many the exact number helps nobody.</summary>
    public const int Cap = 10_000;

    /// <summary>How many wait, up to <see cref="Cap"/>; one command.</summary>
    public static async Task<long> CountAsync(
        HubDbContext db,
        AuditSealState state,
        CancellationToken cancellationToken
    )
    {
        var below = state.SealedBelow;
        var security = db
            .SecurityEvents.Where(row =>
                row.TransactionId >= below
                && !db.AuditSeals.Any(seal => seal.Source == AuditSource.Security && seal.EventId == row.Id)
            )
            .Select(row => row.Id);
        var leads = db
            .LeadEvents.Where(row =>
                row.TransactionId >= below
                && !db.AuditSeals.Any(seal => seal.Source == AuditSource.Lead && seal.EventId == row.Id)
            )
            .Select(row => row.Id);
        return await security.Take(Cap).Concat(leads.Take(Cap)).Take(Cap).CountAsync(cancellationToken);
    }
}
