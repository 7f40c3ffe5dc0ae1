using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Api;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Makes the note of a comment, once. The intention is stored before the call: a comment with a <see cref="NoteSync"/> but
/// no note id was sent, and its answer lost. Then its note is looked for before anything is sent again.
/// </summary>
internal sealed class NoteCreation(SyncSession session)
{
    /// <summary>Makes the note.</summary>
    /// <returns>The note's id.</returns>
    public async Task<string> CreateAsync(DueComment due, CancellationToken cancellationToken)
    {
        await StoreAsync(due, noteId: null, cancellationToken);
        var properties = new Dictionary<string, string?>
        {
            [EngagementType.Time] = HubSpotTime.ToMilliseconds(due.Comment.CreatedAt),
            [EngagementType.Notes.Body] = NoteText.BodyOf(due.Comment, NoteText.SignatureOf(due.Comment)),
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

    /// <summary>Looks among the deal's notes for the one that a lost answer would have named.</summary>
    /// <returns>Its id, or null when HubSpot never got it.</returns>
    public async Task<string?> FindLostAsync(DueComment due, CancellationToken cancellationToken)
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

    /// <summary>
    /// Forgets a note that is gone because this side removed it: the comment was brought back and gets another.
    /// </summary>
    public Task ForgetAsync(DueComment due, CancellationToken cancellationToken) =>
        session.WriteAsync(
            (db, token) => db.NoteSyncs.Where(row => row.CommentId == due.Comment.Id).ExecuteDeleteAsync(token),
            cancellationToken
        );

    /// <summary>Notes that a comment's note is about to be removed, or, with null, that it is not after all.</summary>
    public Task StoreRemovalAsync(
        DueComment due,
        string noteId,
        DateTimeOffset? at,
        CancellationToken cancellationToken
    ) =>
        session.WriteAsync(
            (db, token) =>
                db
                    .NoteSyncs.Where(row => row.CommentId == due.Comment.Id)
                    .ExecuteUpdateAsync(
                        row => row.SetProperty(sync => sync.NoteId, noteId).SetProperty(sync => sync.RemovalSentAt, at),
                        token
                    ),
            cancellationToken
        );

    /// <summary>Notes that the comment is on its way to a note, or that this is its note.</summary>
    public Task StoreAsync(DueComment due, string? noteId, CancellationToken cancellationToken) =>
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
}
