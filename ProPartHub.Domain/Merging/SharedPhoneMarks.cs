using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Merging;

/// <summary>Sets the mark of a shared phone anew in leads that other leads' phones were given to or taken from.</summary>
internal static class SharedPhoneMarks
{
    /// <summary>
    /// Settles the open leads with one of the phones, inside the caller's transaction, with what was changed stored by then.
    /// </summary>
    /// <param name="db">The caller's transaction.</param>
    /// <param name="at">When (UTC).</param>
    /// <param name="phones">The phones, in E.164.</param>
    /// <param name="except">Leads that the caller settles itself.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task SettleAsync(
        HubDbContext db,
        DateTimeOffset at,
        IReadOnlyCollection<string> phones,
        IReadOnlyCollection<Guid> except,
        CancellationToken cancellationToken
    )
    {
        await DuplicateCheck.LockPhonesAsync(db, phones, cancellationToken);
        var leads = await db
            .Leads.Where(lead => phones.Contains(lead.Phone!) || phones.Contains(lead.SecondPhone!))
            .Where(lead => lead.ArchivedAt == null && lead.Status < LeadStatus.Won && !except.Contains(lead.Id))
            .OrderBy(lead => lead.Id)
            .ToListAsync(cancellationToken);
        // The hub marks them: who else registered the client is nothing for the other's agent to read.
        var recorder = new LeadRecorder(Actor.System, ChangeOrigin.System, at);
        foreach (var lead in leads)
        {
            var isMarked = lead.Attention.HasFlag(Attention.SharedPhone);
            if (isMarked != await IsSharedAsync(db, lead, isMarked, cancellationToken))
            {
                recorder.Mark(db, lead, lead.Attention ^ Attention.SharedPhone);
            }
        }
    }

    // A second phone alone sets no mark, yet keeps the one that another's registration by it has set.
    private static async Task<bool> IsSharedAsync(
        HubDbContext db,
        Lead lead,
        bool isMarked,
        CancellationToken cancellationToken
    ) =>
        await db.SharesPhoneAsync(lead, Guid.Empty, cancellationToken)
        || (
            isMarked
            && lead.SecondPhone is { } second
            && await db.Suspects(new ClientMarks(lead.Id, [second], null, null))
                .AnyAsync(other => other.Status < LeadStatus.Won, cancellationToken)
        );
}
