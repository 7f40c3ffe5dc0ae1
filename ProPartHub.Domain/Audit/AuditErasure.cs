using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Audit;

/// <summary>
/// Erases content of events together with the salts of its seals, inside the caller's transaction: afterwards the chain
/// still verifies, and from the hashes that stay nobody can guess what was there. The caller holds <see cref="AuditLock"/>.
/// </summary>
internal static class AuditErasure
{
    /// <summary>Erases the values in a lead's history; who changed it and when stays.</summary>
    /// <param name="db">The transaction.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="erasureId">The security event that puts the erasure on record.</param>
    /// <param name="at">When (UTC).</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<int> EraseLeadAsync(
        HubDbContext db,
        Guid leadId,
        long erasureId,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        db.Database.ExecuteSqlAsync(
            $"""
            WITH erased AS (
                UPDATE lead_events SET changes = '[]', erased_at = {at}
                WHERE lead_id = {leadId} AND changes <> '[]'
                RETURNING id
            )
            UPDATE audit_seals SET what_salt = NULL, erasure_id = {erasureId}
            FROM erased WHERE source = {(int)AuditSource.Lead} AND event_id = erased.id
            """,
            cancellationToken
        );

    /// <summary>Erases name, address and details of security events of some kinds before an instant.</summary>
    public static Task<int> EraseSecurityEventsAsync(
        HubDbContext db,
        IReadOnlyCollection<SecurityEventKind> kinds,
        DateTimeOffset before,
        int most,
        long erasureId,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var numbers = kinds.Select(kind => (int)kind).ToArray();
        return CountAsync(
            db,
            $"""
            WITH due AS (
                SELECT id FROM security_events
                WHERE occurred_at < {before} AND erased_at IS NULL AND kind = ANY ({numbers})
                ORDER BY occurred_at, id LIMIT {most}
            ),
            erased AS (
                UPDATE security_events AS event SET actor_name = NULL, address = NULL, details = jsonb_build_object(), erased_at = {at}
                FROM due WHERE event.id = due.id
                RETURNING event.id
            ),
            unsalted AS (
                UPDATE audit_seals SET who_salt = NULL, what_salt = NULL, erasure_id = {erasureId}
                FROM erased WHERE source = {(int)AuditSource.Security} AND event_id = erased.id
            )
            SELECT count(*)::int AS "Value" FROM erased
            """,
            cancellationToken
        );
    }

    /// <summary>Erases name, address and values of leads' events before an instant.</summary>
    public static Task<int> EraseLeadEventsAsync(
        HubDbContext db,
        DateTimeOffset before,
        int most,
        long erasureId,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        CountAsync(
            db,
            $"""
            WITH due AS (
                SELECT id FROM lead_events
                WHERE occurred_at < {before} AND (erased_at IS NULL OR actor_name <> '')
                ORDER BY occurred_at, id LIMIT {most}
            ),
            erased AS (
                UPDATE lead_events AS event SET actor_name = '', address = NULL, changes = '[]', erased_at = {at}
                FROM due WHERE event.id = due.id
                RETURNING event.id
            ),
            unsalted AS (
                UPDATE audit_seals SET who_salt = NULL, what_salt = NULL, erasure_id = {erasureId}
                FROM erased WHERE source = {(int)AuditSource.Lead} AND event_id = erased.id
            )
            SELECT count(*)::int AS "Value" FROM erased
            """,
            cancellationToken
        );

    private static async Task<int> CountAsync(
        HubDbContext db,
        FormattableString command,
        CancellationToken cancellationToken
    ) => (await db.Database.SqlQuery<int>(command).ToListAsync(cancellationToken)).Single();
}
