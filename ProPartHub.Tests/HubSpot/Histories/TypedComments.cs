using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Timeline;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.Tests.HubSpot.Sync;
using static ProPartHub.Tests.HubSpot.Sync.SyncBed;

namespace ProPartHub.Tests.HubSpot.Histories;

/// <summary>What people do with comments here and notes there; every text is unlike any other.</summary>
internal sealed class TypedComments(SyncBed bed, Random random)
{
    private const string Body = "hs_note_body";

    private readonly List<(string, string, string?)> _webhooks = [];
    private readonly HashSet<string> _replaced = [];
    private readonly List<(Guid LeadId, string Text)> _typed = [];
    private int _texts;

    /// <summary>The texts typed about a lead that nobody in HubSpot replaced or deleted with open eyes.</summary>
    public IEnumerable<string> Of(Guid lead) =>
        _typed.Where(typed => typed.LeadId == lead && !_replaced.Contains(typed.Text)).Select(typed => typed.Text);

    public IEnumerable<(string Kind, string Id, string? Extra)> TakeWebhooks()
    {
        var taken = _webhooks.ToList();
        _webhooks.Clear();
        return taken;
    }

    public Task ActAsync(Guid lead) => random.Next(2) == 0 ? HereAsync(lead) : ThereAsync(lead);

    private async Task HereAsync(Guid lead)
    {
        var service = bed.Get<CommentService>();
        var own = await OwnAsync(lead, isDeleted: false);
        var deleted = await OwnAsync(lead, isDeleted: true);
        if (deleted.Count > 0 && random.Next(5) == 0)
        {
            // Whatever became of its note meanwhile; what HubSpot's people deleted stays deleted.
            await service.RestoreAsync(bed.Olena, deleted[random.Next(deleted.Count)], Cancel);
            return;
        }

        var act = own.Count == 0 ? 0 : random.Next(4);
        switch (act)
        {
            case 2:
                await service.EditAsync(bed.Olena, own[random.Next(own.Count)], Text(lead), Cancel);
                break;
            case 3:
                await service.DeleteAsync(bed.Olena, own[random.Next(own.Count)], Cancel);
                break;
            default:
                await service.AddAsync(bed.Olena, Guid.CreateVersion7(), lead, Text(lead), null, Cancel);
                break;
        }
    }

    private Task<List<Guid>> OwnAsync(Guid lead, bool isDeleted) =>
        bed.ReadAsync(db =>
            db.Comments.Where(row =>
                    row.LeadId == lead && row.DeletedAt != null == isDeleted && row.AuthorId == bed.Olena.UserId
                )
                .OrderBy(row => row.CreatedAt)
                .Select(row => row.Id)
                .ToListAsync(Cancel)
        );

    private async Task ThereAsync(Guid lead)
    {
        var dealId = await bed.ReadAsync(db =>
            db.LeadSyncs.Where(row => row.LeadId == lead).Select(row => row.DealId).SingleOrDefaultAsync(Cancel)
        );
        if (dealId is null)
        {
            return;
        }

        var notes = BothSides.Notes(bed, dealId);
        var act = notes.Count == 0 ? 0 : random.Next(4);
        var note = act < 2 ? null : notes[random.Next(notes.Count)];
        var id = note?.IdText;
        var before = note is null ? "" : NoteText.ToText(note[Body]);
        var colon = before.IndexOf(": ", StringComparison.Ordinal);
        if (note is not null)
        {
            _replaced.Add(before[(colon < 0 ? 0 : colon + 2)..]);
        }

        switch (act)
        {
            case 2:
                // A person edits the words and leaves the author's name in front.
                bed.Sandbox.HeadOffice.Update(
                    ObjectType.Notes,
                    id!,
                    Body,
                    NoteText.ToHtml(before[..(colon < 0 ? 0 : colon + 2)] + Text(lead))
                );
                break;
            case 3:
                bed.Sandbox.HeadOffice.Archive(ObjectType.Notes, id!);
                break;
            default:
                id = bed.Sandbox.HeadOffice.AddNote(ObjectType.Deals, dealId, NoteText.ToHtml(Text(lead)));
                break;
        }

        var kind = act switch
        {
            2 => "object.propertyChange",
            3 => "object.deletion",
            _ => "object.creation",
        };
        _webhooks.Add((kind, id!, ",\"objectTypeId\":\"0-46\""));
    }

    private string Text(Guid lead)
    {
        var text = $"Слово {++_texts} <b> & «лапки»";
        _typed.Add((lead, text));
        return text;
    }
}
