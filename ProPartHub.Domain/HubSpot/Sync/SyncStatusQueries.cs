using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Contacts;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Reads how the exchange with HubSpot stands as a whole.</summary>
public sealed class SyncStatusQueries(HubDatabase database, SyncMonitor monitor)
{
    /// <summary>The whole at a glance; seven small commands.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<SyncStatus> StatusAsync(Actor actor, CancellationToken cancellationToken)
    {
        SyncAdmin.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var account = await db.HubSpotAccounts.SingleOrDefaultAsync(cancellationToken);
        var cursors = await db.SyncCursors.ToDictionaryAsync(row => row.ObjectType, cancellationToken);
        var marks = await db
            .Outbox.GroupBy(_ => 1)
            .Select(group => new
            {
                Waiting = group.Count(row => row.ParkedAt == null),
                Parked = group.Count(row => row.ParkedAt != null),
                Oldest = group.Min(row => row.ParkedAt == null ? (DateTimeOffset?)row.Since : null),
            })
            .SingleOrDefaultAsync(cancellationToken);
        var conflicts = await db.SyncConflicts.CountAsync(row => row.SettledAt == null, cancellationToken);
        var problems = await SyncTroubleQueries.ProblemLeads(db).CountAsync(cancellationToken);
        var lastWebhook = await db
            .WebhookEvents.OrderByDescending(row => row.ReceivedAt)
            .Select(row => (DateTimeOffset?)row.ReceivedAt)
            .FirstOrDefaultAsync(cancellationToken);
        var holder = await SyncLease.HolderAsync(db, cancellationToken);
        return new SyncStatus(
            monitor.State,
            monitor.Fault,
            monitor.Detail,
            monitor.Since,
            holder,
            account?.IsSandbox,
            account?.PortalId,
            account?.UiDomain,
            account?.PausedAt,
            account?.SwitchedOff ?? SyncPart.None,
            monitor.HasLeadIds,
            marks?.Waiting ?? 0,
            marks?.Oldest,
            marks?.Parked ?? 0,
            conflicts,
            problems,
            cursors.GetValueOrDefault(HubSpotObjectTypes.Deals)?.PolledUpTo,
            lastWebhook,
            new(account?.CheckAskedAt, account?.CheckedAt, account?.CheckFindings ?? []),
            [.. RecordPages.Types.Select(type => Progress(type, cursors.GetValueOrDefault(type)))],
            monitor.Limiter,
            monitor.Health
        )
        {
            Contacts = Progress(HubSpotObjectTypes.Contacts, cursors.GetValueOrDefault(ContactMirrorStep.Cursor)),
        };
    }

    private static ImportProgress Progress(string type, SyncCursor? cursor) =>
        new(type, cursor?.Imported ?? 0, cursor?.Total, cursor?.ImportedAt is not null, cursor?.ImportStartedAt);
}
