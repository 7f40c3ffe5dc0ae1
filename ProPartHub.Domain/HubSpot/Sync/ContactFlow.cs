using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Api;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Reads contacts again and takes their values into the leads that stand on them.</summary>
internal sealed class ContactFlow(SyncSession session, LeadIntake intake)
{
    /// <summary>Reads those of the contacts that a lead stands on; merged and deleted ones are dealt with too.</summary>
    public async Task<int> ReadAgainAsync(IEnumerable<string> contactIds, CancellationToken cancellationToken)
    {
        var touched = 0;
        foreach (var ids in contactIds.Distinct().Chunk(1000))
        {
            try
            {
                foreach (var ours in (await OursAsync(ids, cancellationToken)).Chunk(HubSpotClient.BatchSize))
                {
                    touched += await ReadSomeAgainAsync(ours, cancellationToken);
                }
            }
            finally
            {
                // All of them: a contact without a lead may be that of a deal whose page has yet to be taken in.
                session.Exchanged.Note(HubSpotObjectTypes.Contacts, ids);
            }
        }

        return touched;
    }

    /// <summary>Forgets contacts that HubSpot no longer has; what leads know of the client stays.</summary>
    public async Task ForgetAsync(IReadOnlyList<string> contactIds, CancellationToken cancellationToken)
    {
        if (contactIds.Count == 0)
        {
            return;
        }

        await session.WriteAsync(
            async (db, token) =>
            {
                var syncs = await db
                    .LeadSyncs.Where(sync => sync.ContactId != null && contactIds.Contains(sync.ContactId))
                    .ToListAsync(token);
                foreach (var sync in syncs)
                {
                    db.In(session.Now, sync.LeadId, SyncJournal.ContactDeleted, sync.ContactId);
                    sync.ContactId = null;
                    sync.ContactSnapshot = [];
                }
            },
            cancellationToken
        );
    }

    private async Task<int> ReadSomeAgainAsync(string[] ids, CancellationToken cancellationToken)
    {
        var read = await session.Client.ReadBatchAsync(
            HubSpotObjectTypes.Contacts,
            ids,
            session.Map.ContactProperties,
            HubSpotPriority.Changes,
            cancellationToken: cancellationToken
        );
        session.Exchanged.Note(HubSpotObjectTypes.Contacts, read.Found.Values.Select(contact => contact.Id));
        await ForgetAsync(read.Missing, cancellationToken);
        return await intake.TakeContactsAsync(read.Found, cancellationToken);
    }

    private async Task<List<string>> OursAsync(string[] ids, CancellationToken cancellationToken)
    {
        await using var db = await session.ReadAsync(cancellationToken);
        return await db
            .LeadSyncs.Where(sync => sync.ContactId != null && ids.Contains(sync.ContactId))
            .Select(sync => sync.ContactId!)
            .Distinct()
            .ToListAsync(cancellationToken);
    }
}
