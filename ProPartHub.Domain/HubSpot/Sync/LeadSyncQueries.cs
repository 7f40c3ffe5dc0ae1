using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>What is known of one lead's exchange with HubSpot.</summary>
/// <param name="DealId">HubSpot's deal.</param>
/// <param name="ContactId">HubSpot's contact.</param>
/// <param name="IsWaiting">True while a change waits to be carried.</param>
/// <param name="ParkedWords">Why it is set aside, when it is.</param>
/// <param name="PushedAt">When HubSpot last took our values (UTC).</param>
/// <param name="PulledAt">When we last took HubSpot's (UTC).</param>
/// <param name="DeletedAt">When the deal was found deleted (UTC).</param>
/// <param name="Conflicts">Conflicts nobody has settled, newest first.</param>
public sealed record LeadSyncStatus(
    string? DealId,
    string? ContactId,
    bool IsWaiting,
    string? ParkedWords,
    DateTimeOffset? PushedAt,
    DateTimeOffset? PulledAt,
    DateTimeOffset? DeletedAt,
    IReadOnlyList<SyncConflict> Conflicts
);

/// <summary>Reads how one lead stands with HubSpot.</summary>
public sealed class LeadSyncQueries(HubDatabase database)
{
    /// <summary>How the lead stands.</summary>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    public async Task<LeadSyncStatus> StatusAsync(Actor actor, Guid leadId, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        await db.RequireVisibleLeadAsync(actor, leadId, cancellationToken);
        var sync = await db.LeadSyncs.SingleOrDefaultAsync(row => row.LeadId == leadId, cancellationToken);
        var mark = await db.Outbox.SingleOrDefaultAsync(
            row => row.Kind == OutboxKind.Lead && row.SubjectId == leadId,
            cancellationToken
        );
        var conflicts = await db
            .SyncConflicts.Where(row => row.LeadId == leadId && row.SettledAt == null)
            .OrderByDescending(row => row.At)
            .ToListAsync(cancellationToken);
        return new LeadSyncStatus(
            sync?.DealId,
            sync?.ContactId,
            mark is { ParkedAt: null },
            mark is { ParkedAt: not null } ? mark.LastError : null,
            sync?.PushedAt,
            sync?.PulledAt,
            sync?.DeletedAt,
            conflicts
        );
    }
}
