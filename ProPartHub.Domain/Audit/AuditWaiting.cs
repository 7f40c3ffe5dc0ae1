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
        return await Waiting(db.SecurityEvents).Concat(Waiting(db.LeadEvents)).Take(Cap).CountAsync(cancellationToken);

        IQueryable<long> Waiting<T>(IQueryable<T> events)
            where T : class, IAuditEvent =>
            events.Where(row => row.TransactionId >= below).WithoutSeal(db.AuditSeals).Select(row => row.Id).Take(Cap);
    }
}
