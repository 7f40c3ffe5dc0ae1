using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Outbox;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Carries comments to HubSpot as notes: new ones, edits and deletions. A comment waits for its lead's deal.</summary>
internal sealed class CommentPushStep(SyncSession session, PushOutbox outbox, NoteIntake intake, NoteCreation creation)
{
    // Comments go one by one or nearly so; few at a time lets the rest of the sync breathe.
    private const int Most = 20;

    /// <summary>Carries some of the due comments.</summary>
    /// <returns>True when there were any.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var due = await DueAsync(cancellationToken);
        foreach (var comment in due)
        {
            var mark = new PushMark(
                OutboxKind.Comment,
                comment.Comment.Id,
                comment.Lead,
                comment.Revision,
                comment.Attempts
            );
            await outbox.TryAsync(mark, token => CarryAsync(comment, token), cancellationToken);
        }

        return due.Count > 0;
    }

    private async Task<List<DueComment>> DueAsync(CancellationToken cancellationToken)
    {
        var now = session.Now;
        await using var db = await session.ReadAsync(cancellationToken);
        return await (
            from entry in db.Outbox
            where entry.Kind == OutboxKind.Comment && entry.ParkedAt == null && entry.DueAt <= now
            join comment in db.Comments on entry.SubjectId equals comment.Id
            join lead in db.Leads on entry.LeadId equals lead.Id
            join sync in db.LeadSyncs on entry.LeadId equals sync.LeadId
            where sync.DealId != null && sync.DeletedAt == null
            join note in db.NoteSyncs on comment.Id equals note.CommentId into notes
            from note in notes.DefaultIfEmpty()
            orderby entry.DueAt
            select new DueComment(comment, note, lead, sync.DealId!, sync.ContactId, entry.Revision, entry.Attempts)
        )
            .Take(Most)
            .ToListAsync(cancellationToken);
    }

    private async Task CarryAsync(DueComment due, CancellationToken cancellationToken)
    {
        // A row without a note id: a create was sent and its answer lost. Ask before sending again.
        var noteId = due.Sync is { NoteId: null }
            ? await creation.FindLostAsync(due, cancellationToken)
            : due.Sync?.NoteId;
        try
        {
            await CarryAsync(due, noteId, cancellationToken);
        }
        finally
        {
            session.Exchanged.Note(HubSpotObjectTypes.Notes, noteId is null ? [] : [noteId]);
        }
    }

    private async Task CarryAsync(DueComment due, string? noteId, CancellationToken cancellationToken)
    {
        if (due.Comment.DeletedAt is not null)
        {
            if (noteId is not null)
            {
                await ArchiveAsync(due, noteId, cancellationToken);
            }

            await ConfirmAsync(due, noteId, cancellationToken);
            return;
        }

        if (noteId is not null && due.Sync is { RemovalSentAt: not null })
        {
            due = await BroughtBackAsync(due, noteId, cancellationToken);
            noteId = due.Sync?.NoteId;
        }

        if (noteId is null)
        {
            await ConfirmAsync(due, await creation.CreateAsync(due, cancellationToken), cancellationToken);
            return;
        }

        await UpdateAsync(due, noteId, cancellationToken);
    }

    // Words written there since the last exchange were never seen here: they go into the history before they go.
    private async Task ArchiveAsync(DueComment due, string noteId, CancellationToken cancellationToken)
    {
        if (await ReadAsync(noteId, cancellationToken) is not { } note)
        {
            return;
        }

        if (!NoteIntake.HasOurText(due.Known, note))
        {
            await intake.KeepLastWordsAsync(due.Comment.Id, note, cancellationToken);
        }

        // Before the call, whose answer may be lost: should the comment be brought back, its note's absence is our own doing.
        await creation.StoreRemovalAsync(due, noteId, session.Now, cancellationToken);
        await session.Client.ArchiveAsync(HubSpotObjectTypes.Notes, noteId, HubSpotPriority.Push, cancellationToken);
    }

    // The removal was sent before the deletion was taken back. Where it arrived, the comment needs another note; where it did
    // not, the note is still the comment's.
    private async Task<DueComment> BroughtBackAsync(DueComment due, string noteId, CancellationToken cancellationToken)
    {
        if (await ReadAsync(noteId, cancellationToken) is null)
        {
            await creation.ForgetAsync(due, cancellationToken);
            return due with { Sync = null };
        }

        await creation.StoreRemovalAsync(due, noteId, at: null, cancellationToken);
        return due;
    }

    private Task<HubSpotObject?> ReadAsync(string noteId, CancellationToken cancellationToken) =>
        session.Client.FindAsync(
            HubSpotObjectTypes.Notes,
            noteId,
            EngagementType.Notes.Properties,
            HubSpotPriority.Push,
            cancellationToken: cancellationToken
        );

    private async Task UpdateAsync(DueComment due, string noteId, CancellationToken cancellationToken)
    {
        var note = await ReadAsync(noteId, cancellationToken);
        var isChanged = note is null || !NoteIntake.HasOurText(due.Known, note);
        if (isChanged && !session.IsOn(SyncPart.Inbound))
        {
            await outbox.HoldAsync(OutboxKind.Comment, [(due.Comment.Id, due.Revision)], cancellationToken);
            return;
        }

        if (note is null)
        {
            // A note just recognised is not yet known by its id.
            await creation.StoreAsync(due, noteId, cancellationToken);
            await intake.GoneAsync([noteId], cancellationToken);
            await ConfirmAsync(due, noteId, cancellationToken);
            return;
        }

        if (isChanged)
        {
            // Edited on both sides: HubSpot's text stands, ours stays in the history.
            await session.WriteAsync(
                async (db, token) =>
                {
                    var comment = await db.Comments.SingleAsync(row => row.Id == due.Comment.Id, token);
                    var sync = await db.NoteSyncs.SingleAsync(row => row.CommentId == comment.Id, token);
                    var lead = await db.Leads.SingleAsync(row => row.Id == comment.LeadId, token);
                    intake.Merge(db, lead, new KnownNote(comment, sync), note);
                    await DropMarkAsync(db, due, token);
                },
                cancellationToken
            );
            return;
        }

        if (due.Known.Sync.BodySnapshot != due.Comment.Body)
        {
            await session.Client.UpdateAsync(
                HubSpotObjectTypes.Notes,
                noteId,
                new Dictionary<string, string?>
                {
                    [EngagementType.Notes.Body] = NoteText.BodyOf(due.Comment, due.Known.Sync.Signature),
                },
                HubSpotPriority.Push,
                cancellationToken
            );
        }

        await ConfirmAsync(due, noteId, cancellationToken);
    }

    private Task ConfirmAsync(DueComment due, string? noteId, CancellationToken cancellationToken) =>
        session.WriteAsync(
            async (db, token) =>
            {
                if (noteId is not null && due.Comment.DeletedAt is null)
                {
                    var sync = await db.NoteSyncs.SingleAsync(row => row.CommentId == due.Comment.Id, token);
                    if (sync.NoteId is null)
                    {
                        db.Out(session.Now, due.Lead.Id, SyncJournal.NoteCreated, noteId);
                    }

                    (sync.NoteId, sync.BodySnapshot, sync.SyncedAt) = (noteId, due.Comment.Body, session.Now);
                }

                outbox.Tell(db, due.Lead);
                await DropMarkAsync(db, due, token);
            },
            cancellationToken
        );

    private static Task<int> DropMarkAsync(HubDbContext db, DueComment due, CancellationToken cancellationToken) =>
        PushOutbox.Entry(db, OutboxKind.Comment, due.Comment.Id, due.Revision).ExecuteDeleteAsync(cancellationToken);
}
