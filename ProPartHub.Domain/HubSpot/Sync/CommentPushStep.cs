using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>A comment that waits to be carried to HubSpot.</summary>
internal sealed record DueComment(
    Comment Comment,
    NoteSync? Sync,
    Lead Lead,
    string DealId,
    string? ContactId,
    long Revision,
    int Attempts
)
{
    /// <summary>The comment with its note, once there is one.</summary>
    /// <exception cref="InvalidOperationException">A note was never made nor tried.</exception>
    public KnownNote Known => new(Comment, Sync ?? throw new InvalidOperationException("The comment has no note yet."));
}

/// <summary>Carries comments to HubSpot as notes: new ones, edits and deletions. A comment waits for its lead's deal.</summary>
internal sealed class CommentPushStep(SyncSession session, PushOutbox outbox, NoteIntake intake)
{
    private const string BodyProperty = "hs_note_body";

    // Comments go one by one or nearly so; few at a time lets the rest of the sync breathe.
    private const int Most = 20;

    /// <summary>Carries some of the due comments.</summary>
    /// <returns>True when there were any.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var due = await DueAsync(cancellationToken);
        foreach (var comment in due)
        {
            try
            {
                await CarryAsync(comment, cancellationToken);
            }
            catch (HubSpotException refusal) when (refusal is HubSpotValidationException or HubSpotForbiddenException)
            {
                await ParkAsync(comment, PushOutbox.Words(refusal), cancellationToken);
            }
            catch (HubSpotException failure) when (failure is not HubSpotUnauthorizedException)
            {
                await outbox.DeferAsync(
                    OutboxKind.Comment,
                    [(comment.Comment.Id, comment.Attempts)],
                    failure,
                    cancellationToken
                );
            }
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
        var noteId = due.Sync is { NoteId: null } ? await LookUpAsync(due, cancellationToken) : due.Sync?.NoteId;
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

        if (noteId is null)
        {
            await ConfirmAsync(due, await CreateAsync(due, cancellationToken), cancellationToken);
            return;
        }

        await UpdateAsync(due, noteId, cancellationToken);
    }

    private async Task<string> CreateAsync(DueComment due, CancellationToken cancellationToken)
    {
        await StoreAsync(due, noteId: null, cancellationToken);
        var properties = new Dictionary<string, string?>
        {
            [EngagementType.Time] = HubSpotTime.ToMilliseconds(due.Comment.CreatedAt),
            [BodyProperty] = NoteText.BodyOf(due.Comment, NoteText.SignatureOf(due.Comment)),
        };
        if (due.Comment.AuthorId is { } author && session.Map.Agents.Find(author)?.HubSpotOwnerId is { } owner)
        {
            properties[EngagementType.Owner] = owner;
        }

        List<HubSpotAssociationTarget> ties =
        [
            new(due.DealId, HubSpotAssociationTypes.ActivityToDeal(HubSpotObjectTypes.Notes)),
        ];
        if (due.ContactId is not null)
        {
            ties.Add(new(due.ContactId, HubSpotAssociationTypes.ActivityToContact(HubSpotObjectTypes.Notes)));
        }

        var note = await session.Client.CreateAsync(
            HubSpotObjectTypes.Notes,
            properties,
            ties,
            HubSpotPriority.Push,
            cancellationToken
        );
        return note.Id;
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

        await session.Client.ArchiveAsync(HubSpotObjectTypes.Notes, noteId, HubSpotPriority.Push, cancellationToken);
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
            await StoreAsync(due, noteId, cancellationToken);
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
                    [BodyProperty] = NoteText.BodyOf(due.Comment, due.Known.Sync.Signature),
                },
                HubSpotPriority.Push,
                cancellationToken
            );
        }

        await ConfirmAsync(due, noteId, cancellationToken);
    }

    private async Task<string?> LookUpAsync(DueComment due, CancellationToken cancellationToken)
    {
        var ties = await session.Client.ReadAssociationsAsync(
            HubSpotObjectTypes.Deals,
            HubSpotObjectTypes.Notes,
            [due.DealId],
            HubSpotPriority.Push,
            cancellationToken
        );
        List<HubSpotObject> candidates = [];
        foreach (var ids in ties[due.DealId].Select(tie => tie.ToId).Chunk(HubSpotClient.BatchSize))
        {
            var read = await session.Client.ReadBatchAsync(
                HubSpotObjectTypes.Notes,
                ids,
                EngagementType.Notes.Properties,
                HubSpotPriority.Push,
                cancellationToken: cancellationToken
            );
            candidates.AddRange(read.Found.Values.Where(note => NoteIntake.IsLost(due.Known, note)));
        }

        var candidateIds = candidates.ConvertAll(note => note.Id);
        await using var db = await session.ReadAsync(cancellationToken);
        var taken = await db
            .NoteSyncs.Where(sync => sync.NoteId != null && candidateIds.Contains(sync.NoteId))
            .Select(sync => sync.NoteId)
            .ToListAsync(cancellationToken);
        return candidates
            .Where(note => !taken.Contains(note.Id))
            .OrderByDescending(note => NoteIntake.HasOurText(due.Known, note))
            .FirstOrDefault()
            ?.Id;
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

    private Task StoreAsync(DueComment due, string? noteId, CancellationToken cancellationToken) =>
        session.WriteAsync(
            async (db, token) =>
            {
                var sync = await db.NoteSyncs.SingleOrDefaultAsync(row => row.CommentId == due.Comment.Id, token);
                sync ??= db
                    .NoteSyncs.Add(
                        new NoteSync { CommentId = due.Comment.Id, Signature = NoteText.SignatureOf(due.Comment) }
                    )
                    .Entity;
                (sync.NoteId, sync.BodySnapshot, sync.SyncedAt) = (noteId, due.Comment.Body, session.Now);
            },
            cancellationToken
        );

    private Task ParkAsync(DueComment due, string words, CancellationToken cancellationToken) =>
        session.WriteAsync(
            (db, token) =>
                outbox.ParkAsync(db, OutboxKind.Comment, due.Comment.Id, due.Lead, due.Revision, words, token),
            cancellationToken
        );

    private static Task<int> DropMarkAsync(Data.HubDbContext db, DueComment due, CancellationToken cancellationToken) =>
        db
            .Outbox.Where(row =>
                row.Kind == OutboxKind.Comment && row.SubjectId == due.Comment.Id && row.Revision == due.Revision
            )
            .ExecuteDeleteAsync(cancellationToken);
}
