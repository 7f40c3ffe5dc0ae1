using Microsoft.EntityFrameworkCore;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>The numbers of HubSpot's notes that comments of a batch have, and which of them are here.</summary>
internal sealed class LegacyNoteIds
{
    private readonly LegacyBatch _batch;
    private readonly Dictionary<(string Note, Guid LeadId), Guid> _here;

    private LegacyNoteIds(LegacyBatch batch, Dictionary<(string, Guid), Guid> here) => (_batch, _here) = (batch, here);

    /// <summary>Reads what is known here of the batch's notes.</summary>
    public static async Task<LegacyNoteIds> LoadAsync(LegacyBatch batch, CancellationToken cancellationToken)
    {
        var ids = batch.Rows.Select(Number).OfType<string>().ToList();
        var known = await (
            from sync in batch.Db.NoteSyncs
            join comment in batch.Db.Comments on sync.CommentId equals comment.Id
            where ids.Contains(sync.NoteId!)
            select new
            {
                sync.NoteId,
                comment.LeadId,
                comment.Id,
            }
        ).ToListAsync(cancellationToken);
        return new(
            batch,
            known
                .GroupBy(note => (note.NoteId!, note.LeadId))
                .ToDictionary(group => group.Key, group => group.First().Id)
        );
    }

    /// <summary>The number of the row's note; null where it has none that can be one.</summary>
    public string? Of(LegacyRow row)
    {
        var note = Number(row);
        if (note is null && row.Line("hubspot_note_id") is { } wrong)
        {
            _batch.Note(row, LegacyRule.HubSpotIdUnreadable, $"note '{LegacyText.Cut(wrong, 40)}' left out");
        }

        return note;
    }

    /// <summary>The comment that HubSpot has brought of the note to the lead.</summary>
    public Guid? Here(string note, Guid leadId) =>
        _here.TryGetValue((note, leadId), out var comment)
        // Empty where a row of this batch has it.
        && comment != Guid.Empty
        && !_batch.Run.Book.IsBrought(LegacyKind.Comment, comment)
        && !_batch.Run.TakenNotes.Contains((note, leadId))
            ? comment
            : null;

    /// <summary>Ties the note to the row's comment, once on each lead.</summary>
    public bool Take(LegacyRow row, string note, Guid leadId)
    {
        if (!_batch.Run.TakenNotes.Contains((note, leadId)) && _here.TryAdd((note, leadId), Guid.Empty))
        {
            _batch.WhenDone(() => _batch.Run.TakenNotes.Add((note, leadId)));
            return true;
        }

        _batch.Note(row, LegacyRule.NoteShared, "another comment of the lead has its note; brought without");
        return false;
    }

    private static string? Number(LegacyRow row) =>
        row.Line("hubspot_note_id") is { Length: <= 20 } id && id.All(char.IsAsciiDigit) ? id : null;
}
