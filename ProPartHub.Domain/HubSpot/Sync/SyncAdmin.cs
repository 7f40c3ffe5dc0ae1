using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>What an admin does about the exchange with HubSpot.</summary>
public sealed class SyncAdmin(HubDatabase database, SyncSignal signal, TimeProvider time)
{
    /// <summary>Stops the exchange; edits wait until it is resumed.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public Task PauseAsync(Actor actor, CancellationToken cancellationToken) =>
        SetPausedAsync(actor, time.GetUtcNow(), cancellationToken);

    /// <summary>Goes on after a pause, and tries at once after a refusal.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public Task ResumeAsync(Actor actor, CancellationToken cancellationToken) =>
        SetPausedAsync(actor, null, cancellationToken);

    /// <summary>Sends again what HubSpot refused; nothing happens where it is no longer set aside.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task RetryParkedAsync(
        Actor actor,
        OutboxKind kind,
        Guid subjectId,
        CancellationToken cancellationToken
    )
    {
        RequireAdmin(actor);
        await database.InTransactionAsync(
            async (db, token) =>
            {
                var parked = db.Outbox.Where(row =>
                    row.Kind == kind && row.SubjectId == subjectId && row.ParkedAt != null
                );
                var leadId = await parked.Select(row => row.LeadId).SingleOrDefaultAsync(token);
                if (await UnparkAsync(parked, token) > 0)
                {
                    await TellAsync(db, actor, leadId, token);
                }
            },
            cancellationToken
        );
        signal.Wake();
    }

    /// <summary>Sends again everything that HubSpot refused.</summary>
    /// <returns>How many leads and comments are tried again.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<int> RetryAllParkedAsync(Actor actor, CancellationToken cancellationToken)
    {
        RequireAdmin(actor);
        var retried = await database.InTransactionAsync(
            async (db, token) =>
            {
                var count = await UnparkAsync(db.Outbox.Where(row => row.ParkedAt != null), token);

                // One "read again" for every open page instead of an event for each lead.
                await db.NotifyRefreshAsync(token);
                return count;
            },
            cancellationToken
        );
        signal.Wake();
        return retried;
    }

    /// <summary>
    /// Lets the two sides differ where HubSpot refuses: the portal's values stay here, HubSpot's stay there, and nothing
    /// more is sent until somebody changes the field again. Who gave up what is written down in the sync's journal.
    /// </summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public Task GiveUpAsync(Actor actor, OutboxKind kind, Guid subjectId, CancellationToken cancellationToken)
    {
        RequireAdmin(actor);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                var parked = db.Outbox.Where(row =>
                    row.Kind == kind && row.SubjectId == subjectId && row.ParkedAt != null
                );
                if (await parked.SingleOrDefaultAsync(token) is not { } mark)
                {
                    return;
                }

                db.Outbox.Remove(mark);
                db.Out(time.GetUtcNow(), mark.LeadId, SyncJournal.GivenUp, $"{actor.Name}: {mark.LastError}");
                await TellAsync(db, actor, mark.LeadId, token);
                var sync =
                    kind is OutboxKind.Lead
                        ? await db.LeadSyncs.SingleOrDefaultAsync(row => row.LeadId == subjectId, token)
                        : null;
                if (sync?.DealId is not null)
                {
                    var lead = await db.Leads.SingleAsync(row => row.Id == subjectId, token);
                    sync.Agreed = FieldValues.Of(lead);
                }
            },
            cancellationToken
        );
    }

    /// <summary>Has the account checked: token, scopes, properties and limits; also while the exchange is paused.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    /// <exception cref="NotFoundException">No account was connected yet.</exception>
    public async Task AskForCheckAsync(Actor actor, CancellationToken cancellationToken)
    {
        RequireAdmin(actor);
        var now = time.GetUtcNow();
        var asked = await database.InTransactionAsync(
            (db, token) =>
                db.HubSpotAccounts.ExecuteUpdateAsync(
                    row => row.SetProperty(account => account.CheckAskedAt, now),
                    token
                ),
            cancellationToken
        );
        if (asked == 0)
        {
            throw new NotFoundException("HubSpot account");
        }

        signal.Wake();
    }

    /// <summary>Compares a lead with HubSpot now, ahead of everything that waits.</summary>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    /// <exception cref="ClientErasedException">The client was erased.</exception>
    public async Task SyncLeadNowAsync(Actor actor, Guid leadId, CancellationToken cancellationToken)
    {
        await database.InTransactionAsync(
            async (db, token) =>
            {
                await db.LeadToChangeAsync(actor, leadId, token, evenMerged: true);

                // The mark is enough: carrying a lead reads HubSpot first and takes its changes.
                await new LeadRecorder(actor, ChangeOrigin.Portal, time.GetUtcNow()).MarkForHubSpotAsync(
                    db,
                    OutboxKind.Lead,
                    leadId,
                    leadId,
                    token
                );
            },
            cancellationToken
        );
        signal.Wake();
    }

    internal static void RequireAdmin(Actor actor)
    {
        if (actor.Role is not Role.Admin)
        {
            throw ForbiddenException.For(actor, GuardedAct.SteerExchange);
        }
    }

    private Task<int> UnparkAsync(IQueryable<OutboxEntry> parked, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return parked.ExecuteUpdateAsync(
            row =>
                row.SetProperty(entry => entry.ParkedAt, (DateTimeOffset?)null)
                    .SetProperty(entry => entry.Attempts, 0)
                    .SetProperty(entry => entry.DueAt, now)
                    .SetProperty(entry => entry.Revision, entry => entry.Revision + 1),
            cancellationToken
        );
    }

    // Open pages show the lead's exchange with HubSpot anew.
    private async Task TellAsync(HubDbContext db, Actor actor, Guid leadId, CancellationToken cancellationToken) =>
        new LeadRecorder(actor, ChangeOrigin.Portal, time.GetUtcNow()).Record(
            db,
            await db.Leads.SingleAsync(lead => lead.Id == leadId, cancellationToken),
            LeadEventKind.SyncStateChanged,
            []
        );

    private async Task SetPausedAsync(Actor actor, DateTimeOffset? pausedAt, CancellationToken cancellationToken)
    {
        RequireAdmin(actor);
        await database.InTransactionAsync(
            async (db, token) =>
            {
                await db.HubSpotAccounts.ExecuteUpdateAsync(
                    row => row.SetProperty(account => account.PausedAt, pausedAt),
                    token
                );
                db.SecurityEvents.Add(
                    SecurityLog.Entry(
                        SecurityEventKind.SettingChanged,
                        actor,
                        time,
                        userId: null,
                        ("setting", "HubSpot sync"),
                        ("value", pausedAt is null ? "running" : "paused")
                    )
                );
            },
            cancellationToken
        );
        signal.Wake();
    }
}
