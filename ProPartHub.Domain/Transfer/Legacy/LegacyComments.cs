using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>
/// Brings comments with their old dates and authors; an answer quotes what it answers. One with a note in HubSpot keeps the
/// note's number, so that it is neither sent nor brought a second time. Later runs bring new comments and edited texts.
/// </summary>
internal sealed class LegacyComments(LegacyRun run)
{
    private const string Body = nameof(Comment.Body);

    /// <summary>Brings them.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        run.TableAsync(LegacyTable.Comments, LegacyKind.Comment, BatchAsync, cancellationToken);

    private async Task BatchAsync(LegacyBatch batch, CancellationToken cancellationToken)
    {
        var leads = await LeadsAsync(batch, cancellationToken);
        var notes = await LegacyNoteIds.LoadAsync(batch, cancellationToken);
        var known = batch.Rows.Select(row => batch.Known(row)?.NewId).OfType<Guid>().ToList();
        var comments = await batch
            .Db.Comments.Where(comment => known.Contains(comment.Id))
            .ToDictionaryAsync(comment => comment.Id, cancellationToken);
        var placed = await PlacesAsync(batch, cancellationToken);
        foreach (var row in batch.Rows)
        {
            if (batch.Known(row) is { } id)
            {
                Compare(batch, row, id, comments.GetValueOrDefault(id.NewId), leads);
            }
            else if (run.Book.Find(LegacyKind.Lead, row.Link("lead_id")) is not { } leadId)
            {
                batch.Note(row, LegacyRule.CommentWithoutLead, $"lead {row.Raw("lead_id")} was not brought");
            }
            else if (leads.GetValueOrDefault(leadId) is { ErasedAt: not null })
            {
                batch.Note(row, LegacyRule.ClientErased, "the client was erased here; not brought");
            }
            else if (row.Text("content") is not { } body)
            {
                batch.Note(row, LegacyRule.CommentEmpty, "nothing is written in it; not brought");
            }
            else
            {
                // What belonged to a lead merged here since belongs to the one it went into.
                var lead = leads.GetValueOrDefault(leadId);
                Add(batch, row, lead?.MergedIntoId ?? leadId, lead, body, notes, placed);
            }
        }
    }

    private void Add(
        LegacyBatch batch,
        LegacyRow row,
        Guid leadId,
        Lead? lead,
        string body,
        LegacyNoteIds notes,
        Dictionary<Guid, Guid> placed
    )
    {
        var note = notes.Of(row);
        if (note is not null && notes.Here(note, leadId) is { } here)
        {
            batch.Note(row, LegacyRule.NoteHere, "tied to the comment that HubSpot brought of the same note");
            batch.Bring(row, here, [(Body, body)]);
            return;
        }

        if (body.Length > Comment.BodyLength)
        {
            batch.Note(row, LegacyRule.CommentLong, $"{body.Length} characters; brought whole");
        }

        var at = TimeOf(batch, row);
        var author = AuthorOf(batch, row);
        var edited = row.Utc("updated_at");
        var comment = new Comment
        {
            Id = Guid.CreateVersion7(at),
            LeadId = leadId,
            AuthorId = author?.Id,
            AuthorName = author?.Name ?? LegacyText.Stranger(row.Link("user_id")),
            Body = body,
            QuotedCommentId = QuotedBy(batch, row, leadId, placed),
            Origin = ChangeOrigin.Import,
            CreatedAt = at,
            EditedAt = edited > at.AddSeconds(1) && edited <= batch.Run.Now ? edited : null,
        };
        batch.Db.Comments.Add(comment);
        placed[comment.Id] = leadId;
        batch.WhenDone(() => run.CommentLeads[comment.Id] = leadId);
        if (note is not null && notes.Take(row, note, leadId))
        {
            batch.Db.NoteSyncs.Add(
                new NoteSync
                {
                    CommentId = comment.Id,
                    NoteId = note,
                    BodySnapshot = body,
                    SyncedAt = batch.Run.Now,
                }
            );
        }

        if (lead is not null && lead.AgentId == author?.Id && lead.WorkedAt < at)
        {
            // What the agent wrote last is work with the client, by which the client stays the agent's.
            lead.WorkedAt = at;
        }

        batch.Bring(row, comment.Id, [(Body, body)]);
    }

    private static void Compare(
        LegacyBatch batch,
        LegacyRow row,
        LegacyId id,
        Comment? comment,
        Dictionary<Guid, Lead> leads
    )
    {
        if (comment is null || comment.DeletedAt is not null)
        {
            batch.Note(row, LegacyRule.GoneHere, "deleted here; stays so");
            batch.Compare(row, id, isChanged: false);
            return;
        }

        var merge = new LegacyMerge(batch, row, id);
        if (row.Text("content") is { } body && merge.Takes(Body, body, comment.Body))
        {
            var change = new FieldChange(FieldChange.Comment, comment.Body, body);
            (comment.Body, comment.EditedAt) = (body, batch.Run.Now);
            if (leads.GetValueOrDefault(comment.LeadId) is { } lead)
            {
                LegacyRun
                    .Recorder(batch.Run.Now)
                    .Record(batch.Db, lead, LeadEventKind.CommentEdited, [change], comment.Id);
            }
        }

        merge.Finish();
    }

    private LegacyPerson? AuthorOf(LegacyBatch batch, LegacyRow row)
    {
        if (row.Link("user_id") is { } id && run.People.TryGetValue(id, out var author))
        {
            return author;
        }

        batch.Note(row, LegacyRule.AuthorUnknown, $"signed '{LegacyText.Stranger(row.Link("user_id"))}'");
        return null;
    }

    private static Guid? QuotedBy(LegacyBatch batch, LegacyRow row, Guid leadId, Dictionary<Guid, Guid> placed)
    {
        if (row.Link("parent_id") is not { } parent)
        {
            return null;
        }

        if (batch.Find(parent) is { } quoted && placed.GetValueOrDefault(quoted) == leadId)
        {
            return quoted;
        }

        batch.Note(row, LegacyRule.ParentUnknown, $"comment {parent} is not on the same lead; quotes nothing");
        return null;
    }

    private static DateTimeOffset TimeOf(LegacyBatch batch, LegacyRow row)
    {
        if (row.Utc("created_at") is { } at && at <= batch.Run.Now)
        {
            return at;
        }

        batch.Note(row, LegacyRule.TimeRepaired, "no time; that of this run");
        return batch.Run.Now;
    }

    // Which lead the answered comments are on: an answer stays beside what it answers.
    private async Task<Dictionary<Guid, Guid>> PlacesAsync(LegacyBatch batch, CancellationToken cancellationToken)
    {
        var ids = batch.Rows.Select(row => batch.Find(row.Link("parent_id"))).OfType<Guid>().ToList();
        var placed = await batch
            .Db.Comments.Where(comment => ids.Contains(comment.Id))
            .ToDictionaryAsync(comment => comment.Id, comment => comment.LeadId, cancellationToken);
        foreach (var id in ids.Where(run.CommentLeads.ContainsKey))
        {
            placed[id] = run.CommentLeads[id];
        }

        return placed;
    }

    private async Task<Dictionary<Guid, Lead>> LeadsAsync(LegacyBatch batch, CancellationToken cancellationToken)
    {
        var ids = batch
            .Rows.Select(row => run.Book.Find(LegacyKind.Lead, row.Link("lead_id")))
            .OfType<Guid>()
            .Distinct()
            .ToList();
        return await batch
            .Db.Leads.Where(lead => ids.Contains(lead.Id))
            .ToDictionaryAsync(lead => lead.Id, cancellationToken);
    }
}
