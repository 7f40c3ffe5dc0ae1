using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>The exchange with HubSpot at a glance; holds nothing personal, so every user may see it. Times are UTC.</summary>
/// <param name="State">What the sync of this process does.</param>
/// <param name="Fault">What is wrong, if anything.</param>
/// <param name="Detail">About the fault, for admins.</param>
/// <param name="Since">Since when it is so.</param>
/// <param name="IsSandbox">True for the built-in sandbox; null before the first connection.</param>
/// <param name="PortalId">HubSpot's account id.</param>
/// <param name="UiDomain">Host for links to records.</param>
/// <param name="PausedAt">Since when a person has paused it.</param>
/// <param name="HasLeadIds">False when the account lacks the hub's unique property, so that a create whose answer was
/// lost can only be guessed at.</param>
/// <param name="Waiting">Leads and comments that wait to be carried.</param>
/// <param name="OldestWaiting">When the oldest of them was changed.</param>
/// <param name="Parked">Leads and comments set aside because HubSpot refuses them.</param>
/// <param name="OpenConflicts">Conflicts nobody has settled.</param>
/// <param name="LastPull">Up to when HubSpot's changes of deals have been read.</param>
/// <param name="LastWebhook">When the last webhook came.</param>
/// <param name="Import">How far the first import is, by object type, in order.</param>
/// <param name="Limiter">How full the limiter is; null where this process does not talk to HubSpot.</param>
/// <param name="Health">Whether HubSpot answers; null likewise.</param>
public sealed record SyncStatus(
    SyncState State,
    SyncFault Fault,
    string? Detail,
    DateTimeOffset? Since,
    bool? IsSandbox,
    long? PortalId,
    string? UiDomain,
    DateTimeOffset? PausedAt,
    bool? HasLeadIds,
    int Waiting,
    DateTimeOffset? OldestWaiting,
    int Parked,
    int OpenConflicts,
    DateTimeOffset? LastPull,
    DateTimeOffset? LastWebhook,
    IReadOnlyList<ImportProgress> Import,
    HubSpotLimiterSnapshot? Limiter,
    HubSpotHealth? Health
)
{
    /// <summary>True while the first import runs.</summary>
    public bool IsImporting => Import.Any(part => !part.IsDone) && State is SyncState.Running;
}

/// <summary>How far the first import of one object type is.</summary>
/// <param name="ObjectType">HubSpot's object type.</param>
/// <param name="Imported">Objects brought in.</param>
/// <param name="Total">Objects there are, as HubSpot counted at the start; null before it starts.</param>
/// <param name="IsDone">True when it has ended.</param>
public sealed record ImportProgress(string ObjectType, int Imported, int? Total, bool IsDone);

/// <summary>Something HubSpot refuses.</summary>
/// <param name="Kind">Lead or comment.</param>
/// <param name="SubjectId">Its id.</param>
/// <param name="LeadId">The lead.</param>
/// <param name="LeadNumber">The lead's number.</param>
/// <param name="ClientName">The lead's client.</param>
/// <param name="Since">When the change was made (UTC).</param>
/// <param name="ParkedAt">When it was set aside (UTC).</param>
/// <param name="Words">HubSpot's words, or <c>NoStage</c> or <c>DemoLead</c> for the hub's own reasons.</param>
public sealed record ParkedItem(
    OutboxKind Kind,
    Guid SubjectId,
    Guid LeadId,
    long LeadNumber,
    string ClientName,
    DateTimeOffset Since,
    DateTimeOffset? ParkedAt,
    string? Words
);

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

/// <summary>Reads how the exchange with HubSpot stands.</summary>
public sealed class SyncStatusQueries(HubDatabase database, SyncMonitor monitor)
{
    /// <summary>The whole at a glance; six small commands.</summary>
    public async Task<SyncStatus> StatusAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var account = await db.HubSpotAccounts.SingleOrDefaultAsync(cancellationToken);
        var cursors = await db.SyncCursors.ToDictionaryAsync(row => row.ObjectType, cancellationToken);
        var waiting = await db
            .Outbox.Where(row => row.ParkedAt == null)
            .GroupBy(_ => 1)
            .Select(group => new { Count = group.Count(), Oldest = group.Min(row => row.Since) })
            .SingleOrDefaultAsync(cancellationToken);
        var parked = await db.Outbox.CountAsync(row => row.ParkedAt != null, cancellationToken);
        var conflicts = await db.SyncConflicts.CountAsync(row => row.SettledAt == null, cancellationToken);
        var lastWebhook = await db
            .WebhookEvents.OrderByDescending(row => row.ReceivedAt)
            .Select(row => (DateTimeOffset?)row.ReceivedAt)
            .FirstOrDefaultAsync(cancellationToken);
        return new SyncStatus(
            monitor.State,
            monitor.Fault,
            monitor.Detail,
            monitor.Since,
            account?.IsSandbox,
            account?.PortalId,
            account?.UiDomain,
            account?.PausedAt,
            monitor.HasLeadIds,
            waiting?.Count ?? 0,
            waiting?.Oldest,
            parked,
            conflicts,
            cursors.GetValueOrDefault(HubSpotObjectTypes.Deals)?.PolledUpTo,
            lastWebhook,
            [.. ImportStep.Types.Select(type => Progress(type, cursors.GetValueOrDefault(type)))],
            monitor.Limiter,
            monitor.Health
        );
    }

    /// <summary>What HubSpot refuses, the oldest first.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<IReadOnlyList<ParkedItem>> ParkedAsync(Actor actor, int most, CancellationToken cancellationToken)
    {
        SyncAdmin.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        return await (
            from entry in db.Outbox
            where entry.ParkedAt != null
            join lead in db.Leads on entry.LeadId equals lead.Id
            orderby entry.ParkedAt
            select new ParkedItem(
                entry.Kind,
                entry.SubjectId,
                lead.Id,
                lead.Number,
                lead.ClientName,
                entry.Since,
                entry.ParkedAt,
                entry.LastError
            )
        )
            .Take(most)
            .ToListAsync(cancellationToken);
    }

    /// <summary>How one lead stands.</summary>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    public async Task<LeadSyncStatus> LeadAsync(Actor actor, Guid leadId, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        if (!await db.Leads.VisibleTo(actor).AnyAsync(lead => lead.Id == leadId, cancellationToken))
        {
            throw new NotFoundException("Lead");
        }

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

    /// <summary>What the sync did lately, newest first.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<IReadOnlyList<SyncLogEntry>> LogAsync(Actor actor, int most, CancellationToken cancellationToken)
    {
        SyncAdmin.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        return await db.SyncLog.OrderByDescending(row => row.Id).Take(most).ToListAsync(cancellationToken);
    }

    private static ImportProgress Progress(string type, SyncCursor? cursor) =>
        new(type, cursor?.Imported ?? 0, cursor?.Total, cursor?.ImportedAt is not null);
}
