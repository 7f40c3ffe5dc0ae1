using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Timeline;
using ProPartHub.HubSpotSandbox.Faults;
using ProPartHub.HubSpotSandbox.Objects;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

public sealed class CommentTests
{
    [Fact]
    public async Task Comment_BecomesANoteThatNamesItsAuthor_AndFollowsEditsAndDeletion()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var leadId = await bed.LeadAsync(1);
        var commentId = await CommentAsync(bed, leadId, "Передзвонити\nзавтра о 10");
        await bed.QuietAsync();

        var note = Assert.Single(bed.Live(ObjectType.Notes));
        Assert.Equal("Олена Гнатюк: Передзвонити\nзавтра о 10", NoteText.ToText(note["hs_note_body"]));
        Assert.Equal("81544101", note["hubspot_owner_id"]);
        Assert.Equal(0, await bed.WaitingAsync());

        await bed.Get<CommentService>().EditAsync(bed.Olena, commentId, "Передзвонити о 12", SyncBed.Cancel);
        await bed.QuietAsync();
        Assert.Equal(
            "Олена Гнатюк: Передзвонити о 12",
            NoteText.ToText(bed.Value(ObjectType.Notes, note.IdText, "hs_note_body"))
        );

        await bed.Get<CommentService>().DeleteAsync(bed.Olena, commentId, SyncBed.Cancel);
        await bed.QuietAsync();
        Assert.Empty(bed.Live(ObjectType.Notes));
        Assert.Equal(0, await bed.WaitingAsync());
    }

    [Fact]
    public async Task OwnNote_ComingBack_IsNoSecondComment()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var leadId = await bed.LeadAsync(1);
        await CommentAsync(bed, leadId, "Передзвонити");
        await bed.QuietAsync();
        var events = await bed.EventsAsync();

        await bed.WebhookAsync(
            "object.creation",
            bed.Live(ObjectType.Notes)[0].IdText,
            extra: ",\"objectTypeId\":\"0-46\""
        );
        await bed.LaterAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(1, await bed.ReadAsync(db => db.Comments.CountAsync()));
        Assert.Equal(events, await bed.EventsAsync());
    }

    [Fact]
    public async Task Note_BecomesAComment_AndFollowsEditsAndDeletion()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var leadId = await bed.LeadAsync(1);
        await bed.QuietAsync();
        var dealId = (await bed.SyncOfAsync(leadId)).DealId!;
        var noteId = bed.Sandbox.HeadOffice.AddNote(
            ObjectType.Deals,
            dealId,
            "<p>Клієнт <b>чекає</b></p><p>на варіанти</p>"
        );

        await bed.LaterAsync(TimeSpan.FromSeconds(31));
        var comment = Assert.Single(await bed.ReadAsync(db => db.Comments.ToListAsync()));
        Assert.Equal("Клієнт чекає\nна варіанти", comment.Body);
        Assert.Equal((leadId, ChangeOrigin.HubSpot), (comment.LeadId, comment.Origin));

        // The note's owner is the person linked to the account's owner.
        Assert.Equal(bed.Olena.UserId, comment.AuthorId);

        bed.Sandbox.HeadOffice.Update(ObjectType.Notes, noteId, "hs_note_body", "Уже не чекає");
        await bed.WebhookAsync("object.propertyChange", noteId, extra: ",\"objectTypeId\":\"0-46\"");
        await bed.QuietAsync();
        Assert.Equal("Уже не чекає", (await bed.ReadAsync(db => db.Comments.SingleAsync())).Body);

        bed.Sandbox.HeadOffice.Archive(ObjectType.Notes, noteId);
        await bed.WebhookAsync("object.deletion", noteId, 2, ",\"objectTypeId\":\"0-46\"");
        await bed.QuietAsync();
        Assert.NotNull((await bed.ReadAsync(db => db.Comments.SingleAsync())).DeletedAt);
        Assert.Equal(0, await bed.WaitingAsync());
    }

    [Fact]
    public async Task Note_WhoseAnswerWasLost_IsFoundAgain()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var leadId = await bed.LeadAsync(1);
        await bed.QuietAsync();
        bed.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Cut,
                AfterWrite = true,
                Method = "POST",
                Path = "/objects/2026-03/notes",
                Times = 1,
            }
        );

        await CommentAsync(bed, leadId, "Передзвонити");
        await bed.QuietAsync();
        await bed.LaterAsync(TimeSpan.FromSeconds(10));

        Assert.Single(bed.Live(ObjectType.Notes));
        Assert.Equal(1, await bed.ReadAsync(db => db.Comments.CountAsync()));
        Assert.Equal(0, await bed.WaitingAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Note_WhoseAnswerWasLost_AndThatWasEditedThere_IsFoundAgain(bool pulledFirst)
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var leadId = await bed.LeadAsync(1);
        await bed.QuietAsync();
        bed.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Cut,
                AfterWrite = true,
                Method = "POST",
                Path = "/objects/2026-03/notes",
                Times = 1,
            }
        );
        var commentId = await CommentAsync(bed, leadId, "Передзвонити");
        await bed.QuietAsync();
        var note = Assert.Single(bed.Live(ObjectType.Notes));
        bed.Sandbox.HeadOffice.Update(
            ObjectType.Notes,
            note.IdText,
            "hs_note_body",
            NoteText.ToHtml("Олена Гнатюк: Уже передзвонили")
        );
        if (pulledFirst)
        {
            await bed.WebhookAsync("object.propertyChange", note.IdText, extra: ",\"objectTypeId\":\"0-46\"");
            await bed.QuietAsync();
        }

        await bed.LaterAsync(TimeSpan.FromMinutes(2));

        Assert.Single(bed.Live(ObjectType.Notes));
        var comment = Assert.Single(await bed.ReadAsync(db => db.Comments.ToListAsync()));
        Assert.Equal((commentId, "Уже передзвонили"), (comment.Id, comment.Body));
        Assert.Equal(0, await bed.WaitingAsync());

        // Our words are in the history.
        Assert.Contains(
            await bed.ReadAsync(db => db.LeadEvents.ToListAsync()),
            entry => entry.Kind is LeadEventKind.CommentEdited && entry.Changes[0].Before == "Передзвонити"
        );
    }

    [Theory]
    [InlineData("Олена Гнатюк: ")]
    [InlineData("[Олена Гнатюк]: ")]
    public async Task NoteSignedByAPerson_KeepsItsSignature_WhoeverEditsIt(string signature)
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var leadId = await bed.LeadAsync(1);
        await bed.QuietAsync();
        var noteId = bed.Sandbox.HeadOffice.AddNote(
            ObjectType.Deals,
            (await bed.SyncOfAsync(leadId)).DealId!,
            signature + "Чекає на варіанти"
        );
        await bed.LaterAsync(TimeSpan.FromSeconds(31));
        var comment = Assert.Single(await bed.ReadAsync(db => db.Comments.ToListAsync()));
        Assert.Equal((bed.Olena.UserId, "Чекає на варіанти"), (comment.AuthorId, comment.Body));

        bed.Sandbox.HeadOffice.Update(ObjectType.Notes, noteId, "hs_note_body", signature + "Не чекає");
        await bed.WebhookAsync("object.propertyChange", noteId, extra: ",\"objectTypeId\":\"0-46\"");
        await bed.QuietAsync();
        Assert.Equal("Не чекає", (await bed.ReadAsync(db => db.Comments.SingleAsync())).Body);

        await bed.Get<CommentService>().EditAsync(bed.Olena, comment.Id, "Знову чекає", SyncBed.Cancel);
        await bed.QuietAsync();
        Assert.Equal(signature + "Знову чекає", NoteText.ToText(bed.Value(ObjectType.Notes, noteId, "hs_note_body")));
        Assert.Equal(0, await bed.WaitingAsync());
    }

    private static async Task<Guid> CommentAsync(SyncBed bed, Guid leadId, string text)
    {
        var id = Guid.CreateVersion7();
        await bed.Get<CommentService>().AddAsync(bed.Olena, id, leadId, text, null, SyncBed.Cancel);
        return id;
    }
}
