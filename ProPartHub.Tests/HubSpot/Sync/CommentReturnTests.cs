using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Timeline;
using ProPartHub.HubSpotSandbox.Faults;
using ProPartHub.HubSpotSandbox.Objects;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>A comment that comes back has a note in HubSpot again: its own, or another where that one is gone.</summary>
public sealed class CommentReturnTests
{
    private const string Body = "hs_note_body";
    private const string Text = "Олена Гнатюк: Передзвонити";
    private const string Notes = ",\"objectTypeId\":\"0-46\"";

    [Fact]
    public async Task BroughtBackBeforeTheDeletionWasCarried_KeepsItsNote()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var commentId = await CommentAsync(bed);
        var note = Assert.Single(bed.Live(ObjectType.Notes)).IdText;

        await DeleteAsync(bed, commentId);
        await BringBackAsync(bed, commentId);
        await bed.QuietAsync();

        Assert.Equal(note, Assert.Single(bed.Live(ObjectType.Notes)).IdText);
        Assert.Equal(0, await bed.WaitingAsync());
    }

    [Fact]
    public async Task BroughtBackAfterwards_GetsAnotherNote_AndFollowsEdits()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var commentId = await CommentAsync(bed);
        var old = Assert.Single(bed.Live(ObjectType.Notes)).IdText;
        await DeleteAsync(bed, commentId);
        await bed.QuietAsync();
        Assert.Empty(bed.Live(ObjectType.Notes));

        await BringBackAsync(bed, commentId);
        // That the old note is gone is heard of late, when the comment is back already.
        await bed.WebhookAsync("object.deletion", old, extra: Notes);
        await bed.QuietAsync();

        var note = Assert.Single(bed.Live(ObjectType.Notes));
        Assert.NotEqual(old, note.IdText);
        Assert.Equal(Text, NoteText.ToText(note[Body]));
        Assert.Null((await bed.ReadAsync(db => db.Comments.SingleAsync())).DeletedAt);
        await bed.Get<CommentService>().EditAsync(bed.Olena, commentId, "Передзвонити о 12", SyncBed.Cancel);
        await bed.QuietAsync();
        Assert.Equal(
            "Олена Гнатюк: Передзвонити о 12",
            NoteText.ToText(bed.Value(ObjectType.Notes, note.IdText, Body))
        );
        Assert.Equal(0, await bed.WaitingAsync());
    }

    [Fact]
    public async Task RemovalThatWasHeardBeforeTheNewNote_DoesNotDeleteTheCommentAgain()
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var commentId = await CommentAsync(bed);
        var old = Assert.Single(bed.Live(ObjectType.Notes)).IdText;
        await DeleteAsync(bed, commentId);
        await bed.QuietAsync();
        await bed.SwitchAsync(SyncPart.Outbound, isOn: false);
        await BringBackAsync(bed, commentId);
        await bed.WebhookAsync("object.deletion", old, extra: Notes);
        await bed.QuietAsync();
        Assert.Null((await bed.ReadAsync(db => db.Comments.SingleAsync())).DeletedAt);

        await bed.SwitchAsync(SyncPart.Outbound, isOn: true);
        await bed.LaterAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(Text, NoteText.ToText(Assert.Single(bed.Live(ObjectType.Notes))[Body]));
        Assert.Equal(0, await bed.WaitingAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RemovalWhoseAnswerWasLost_IsLookedAtBeforeTheCommentIsWrittenAgain(bool arrived)
    {
        await using var bed = await SyncBed.ConnectedAsync();
        var commentId = await CommentAsync(bed);
        var old = Assert.Single(bed.Live(ObjectType.Notes)).IdText;
        bed.Sandbox.Faults.Add(
            new Fault
            {
                Kind = FaultKind.Cut,
                AfterWrite = arrived,
                Method = "DELETE",
                Path = $"/notes/{old}",
                Times = 10,
            }
        );
        await DeleteAsync(bed, commentId);
        await bed.QuietAsync();
        Assert.Equal(arrived, bed.Live(ObjectType.Notes).Count == 0);

        await BringBackAsync(bed, commentId);
        await bed.LaterAsync(TimeSpan.FromMinutes(2));

        var note = Assert.Single(bed.Live(ObjectType.Notes));
        Assert.Equal((!arrived, Text), (note.IdText == old, NoteText.ToText(note[Body])));
        Assert.Null((await bed.ReadAsync(db => db.NoteSyncs.SingleAsync())).RemovalSentAt);
        Assert.Equal(0, await bed.WaitingAsync());

        // From now on the note's absence is HubSpot's people's doing again.
        bed.Sandbox.HeadOffice.Archive(ObjectType.Notes, note.IdText);
        await bed.WebhookAsync("object.deletion", note.IdText, 2, Notes);
        await bed.QuietAsync();
        Assert.NotNull((await bed.ReadAsync(db => db.Comments.SingleAsync())).DeletedAt);
    }

    private static async Task<Guid> CommentAsync(SyncBed bed)
    {
        var (leadId, commentId) = (await bed.LeadAsync(1), Guid.CreateVersion7());
        await bed.Get<CommentService>().AddAsync(bed.Olena, commentId, leadId, "Передзвонити", null, SyncBed.Cancel);
        await bed.QuietAsync();
        return commentId;
    }

    private static Task DeleteAsync(SyncBed bed, Guid commentId) =>
        bed.Get<CommentService>().DeleteAsync(bed.Olena, commentId, SyncBed.Cancel);

    private static async Task BringBackAsync(SyncBed bed, Guid commentId) =>
        Assert.True(await bed.Get<CommentService>().RestoreAsync(bed.Olena, commentId, SyncBed.Cancel));
}
