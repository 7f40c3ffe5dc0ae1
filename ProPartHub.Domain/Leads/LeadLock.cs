using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Leads;

/// <summary>
/// The one way to a lead that a person is about to change, or to add something to: nobody else changes or erases it before
/// the transaction has ended, so that what is compared with it still holds when it is stored.
/// </summary>
internal static class LeadLock
{
    /// <summary>The lead, tracked and locked; one that was merged into another only for those who ask for it.</summary>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    /// <exception cref="ClientErasedException">The client was erased.</exception>
    /// <exception cref="LeadMergedException">The lead was merged into another.</exception>
    public static async Task<Lead> LeadToChangeAsync(
        this HubDbContext db,
        Actor actor,
        Guid leadId,
        CancellationToken cancellationToken,
        bool evenMerged = false
    )
    {
        // NO KEY: what only refers to the lead, such as an event that the sync writes of it, need not wait.
        var lead =
            await db
                .Leads.FromSql($"SELECT *, xmin FROM leads WHERE id = {leadId} FOR NO KEY UPDATE")
                .VisibleTo(actor)
                .SingleOrDefaultAsync(cancellationToken)
            ?? throw await db.NoLeadAsync(actor, leadId, cancellationToken);
        return lead switch
        {
            { ErasedAt: not null } => throw ClientErasedException.Of(actor, leadId),
            { MergedIntoId: not null } when !evenMerged => throw LeadMergedException.Of(actor, leadId),
            _ => lead,
        };
    }

    /// <summary>Locks a lead that was read already; had it changed since, the save fails and the work runs anew.</summary>
    public static Task LockLeadAsync(this HubDbContext db, Guid leadId, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT 1 FROM leads WHERE id = {leadId} FOR NO KEY UPDATE", cancellationToken);

    /// <summary>Locks several, in the order of their ids, as all do who lock more than one; they are read afterwards.</summary>
    public static Task LockLeadsAsync(this HubDbContext db, Guid[] leadIds, CancellationToken cancellationToken) =>
        leadIds.Length == 0
            ? Task.CompletedTask
            : db.Database.ExecuteSqlAsync(
                $"SELECT 1 FROM leads WHERE id = ANY({leadIds}) ORDER BY id FOR NO KEY UPDATE",
                cancellationToken
            );
}
