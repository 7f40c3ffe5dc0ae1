using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Takes HubSpot's notes into comments: new ones, edits and deletions.</summary>
internal sealed class NoteIntake(SyncSession session)
{
    /// <summary>Takes up to a hundred notes in one transaction.</summary>
    /// <param name="reads">The notes.</param>
    /// <param name="origin">Import, which leaves the history alone, or HubSpot.</param>
    /// <param name="alongside">What to write in the same transaction.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>How many comments are new or different.</returns>
    public Task<int> TakeAsync(
        IReadOnlyList<EngagementRead> reads,
        ChangeOrigin origin,
        Func<HubDbContext, CancellationToken, Task>? alongside,
        CancellationToken cancellationToken
    ) =>
        session.WriteAsync(
            async (db, token) =>
            {
                var settled = await EngagementRead.SettledAsync(db, reads, token);
                var ids = settled.Select(read => read.Record.Id).ToList();
                var leadIds = settled.SelectMany(read => read.LeadIds).Distinct().ToList();
                var known = await (
                    from sync in db.NoteSyncs
                    join comment in db.Comments on sync.CommentId equals comment.Id
                    where
                        (sync.NoteId != null && ids.Contains(sync.NoteId))
                        || (sync.NoteId == null && leadIds.Contains(comment.LeadId))
                    select new KnownNote(comment, sync)
                ).ToListAsync(token);
                var wanted = leadIds.Union(known.Select(note => note.Comment.LeadId)).ToList();
                var leads = await db
                    .Leads.Where(lead => wanted.Contains(lead.Id))
                    .ToDictionaryAsync(row => row.Id, token);
                foreach (var read in settled)
                {
                    var text = NoteText.ToText(read.Record[EngagementType.Notes.Body]);
                    foreach (var note in known.Where(note => note.Sync.NoteId == read.Record.Id))
                    {
                        Merge(db, leads[note.Comment.LeadId], note, read.Record);
                    }

                    var missing = read.LeadIds.Where(leadId =>
                        known.All(note => note.Sync.NoteId != read.Record.Id || note.Comment.LeadId != leadId)
                    );
                    foreach (var leadId in text.Length == 0 ? [] : missing)
                    {
                        if (FindLost(known, leadId, read.Record) is { } lost)
                        {
                            Merge(db, leads[leadId], lost, read.Record);
                        }
                        else
                        {
                            Add(db, leads[leadId], read.Record, text, origin);
                        }
                    }
                }

                await (alongside?.Invoke(db, token) ?? Task.CompletedTask);
                return db.Changed<Comment>();
            },
            cancellationToken
        );

    /// <summary>Deletes the comments of notes that HubSpot no longer has; their text stays in the history.</summary>
    public Task GoneAsync(IReadOnlyList<string> noteIds, CancellationToken cancellationToken) =>
        session.WriteAsync(
            async (db, token) =>
            {
                var rows = await (
                    from sync in db.NoteSyncs
                    join comment in db.Comments on sync.CommentId equals comment.Id
                    join lead in db.Leads on comment.LeadId equals lead.Id
                    where
                        sync.NoteId != null
                        && noteIds.Contains(sync.NoteId)
                        && comment.DeletedAt == null
                        // Removed from here, and the comment brought back since: it gets another note.
                        && sync.RemovalSentAt == null
                    select new { Comment = comment, Lead = lead }
                ).ToListAsync(token);
                foreach (var row in rows)
                {
                    row.Comment.DeletedAt = session.Now;
                    await CommentService.LetAttachmentsGoAsync(db, row.Comment.Id, session.Now, token);
                    Record(
                        db,
                        row.Lead,
                        LeadEventKind.CommentDeleted,
                        row.Comment,
                        row.Comment.Body,
                        null,
                        session.Now
                    );
                }
            },
            cancellationToken
        );

    /// <summary>Writes the text of a note into the history of a comment that was deleted here before the text came.</summary>
    public Task KeepLastWordsAsync(Guid commentId, HubSpotObject note, CancellationToken cancellationToken) =>
        session.WriteAsync(
            async (db, token) =>
            {
                var comment = await db.Comments.SingleAsync(row => row.Id == commentId, token);
                var sync = await db.NoteSyncs.SingleAsync(row => row.CommentId == commentId, token);
                var lead = await db.Leads.SingleAsync(row => row.Id == comment.LeadId, token);
                var text = NoteText.TextOf(sync.Signature, comment.AttachmentCount, note[EngagementType.Notes.Body]);
                Record(db, lead, LeadEventKind.CommentEdited, comment, comment.Body, text, note.UpdatedAt);
                (comment.Body, sync.BodySnapshot) = (text, text);
            },
            cancellationToken
        );

    /// <summary>Merges a note as read into the comment it belongs to: ours only where HubSpot's stands as it was.</summary>
    public void Merge(HubDbContext db, Lead lead, KnownNote note, HubSpotObject record)
    {
        var (comment, sync) = (note.Comment, note.Sync);
        var text = NoteText.TextOf(sync.Signature, comment.AttachmentCount, record[EngagementType.Notes.Body]);
        sync.NoteId = record.Id;
        if (comment.DeletedAt is not null || text == sync.BodySnapshot || text.Length == 0)
        {
            return;
        }

        sync.BodySnapshot = text;
        sync.SyncedAt = session.Now;
        if (comment.Body != text)
        {
            var before = comment.Body;
            comment.Body = text;
            comment.EditedAt = session.Now;
            Record(db, lead, LeadEventKind.CommentEdited, comment, before, text, record.UpdatedAt);
        }
    }

    /// <summary>
    /// Whether a note is the one of a comment whose create was sent and never answered: written at the same millisecond,
    /// with the same text or, edited there since, still signed by the same author.
    /// </summary>
    public static bool IsLost(KnownNote ours, HubSpotObject record) =>
        ours.Sync.NoteId is null
        && HubSpotTime.Parse(record[EngagementType.Time])?.ToUnixTimeMilliseconds()
            == ours.Comment.CreatedAt.ToUnixTimeMilliseconds()
        && (
            HasOurText(ours, record)
            || NoteText.IsSigned(ours.Sync.Signature, NoteText.ToText(record[EngagementType.Notes.Body]))
        );

    /// <summary>Whether the note's text is the one that both sides agreed on last.</summary>
    public static bool HasOurText(KnownNote ours, HubSpotObject record) =>
        NoteText.TextOf(ours.Sync.Signature, ours.Comment.AttachmentCount, record[EngagementType.Notes.Body])
        == ours.Sync.BodySnapshot;

    private static KnownNote? FindLost(List<KnownNote> known, Guid leadId, HubSpotObject record) =>
        known
            .Where(note => note.Comment.LeadId == leadId && IsLost(note, record))
            .OrderByDescending(note => HasOurText(note, record))
            .FirstOrDefault();

    private void Add(HubDbContext db, Lead lead, HubSpotObject record, string text, ChangeOrigin origin)
    {
        var (author, signature) = AuthorOf(record, text);
        var body = text[(signature?.Length ?? 0)..];
        var writtenAt = HubSpotTime.Parse(record[EngagementType.Time]) ?? record.CreatedAt ?? session.Now;
        var comment = new Comment
        {
            LeadId = lead.Id,
            AuthorId = author?.Id,
            AuthorName = IncomingText.Cut(
                author?.DisplayName
                    ?? session.Map.Agents.OwnerName(record[EngagementType.Owner])
                    ?? LeadRecorder.HubSpot,
                HubUser.DisplayNameLength
            )!,
            Body = body,
            Origin = ChangeOrigin.HubSpot,
            CreatedAt = writtenAt,
        };
        db.Comments.Add(comment);
        db.NoteSyncs.Add(
            new NoteSync
            {
                CommentId = comment.Id,
                NoteId = record.Id,
                Signature = signature,
                BodySnapshot = body,
                SyncedAt = session.Now,
            }
        );
        if (origin is not ChangeOrigin.Import)
        {
            Record(db, lead, LeadEventKind.CommentAdded, comment, null, text, record.CreatedAt);
        }
    }

    // Notes that an earlier portal wrote carry their author in front; the owner tells it otherwise.
    private (HubUser? Author, string? Signature) AuthorOf(HubSpotObject record, string text)
    {
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        var named = colon is > 0 and <= HubUser.DisplayNameLength
            ? session.Map.Agents.ByName(text[..colon].Trim('[', ']'))
            : null;
        return named is null
            ? (session.Map.Agents.ByOwner(record[EngagementType.Owner]), null)
            : (named, text[..(colon + 2)]);
    }

    private void Record(
        HubDbContext db,
        Lead lead,
        LeadEventKind kind,
        Comment comment,
        string? before,
        string? after,
        DateTimeOffset? at
    ) => session.Recorder(at).Record(db, lead, kind, [new FieldChange(FieldChange.Comment, before, after)], comment.Id);
}

/// <summary>A comment with what is known of its note.</summary>
internal sealed record KnownNote(Comment Comment, NoteSync Sync);
