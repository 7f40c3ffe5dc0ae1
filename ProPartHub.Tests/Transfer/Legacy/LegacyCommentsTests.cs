using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;
using ProPartHub.Domain.Transfer.Legacy;
using Xunit;

namespace ProPartHub.Tests.Transfer.Legacy;

public sealed class LegacyCommentsTests : IAsyncLifetime
{
    private LegacyBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bed = await LegacyBed.CreateAsync();
        await _bed.Portal.RunAsync(
            """
            INSERT INTO lead (id, agent_id, deal_name, phone) VALUES
                (1, 2, 'Перша', '+380501234567'), (2, 2, 'Друга', '+380501234568');
            """
        );
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Comments_ComeWithAuthorTimeQuoteAndNote()
    {
        await _bed.Portal.RunAsync(
            """
            INSERT INTO comment (id, lead_id, user_id, parent_id, content, hubspot_note_id, created_at, updated_at) VALUES
                (1, 1, 2, NULL, E'Перший\nрядок', '701', '2025-11-05 12:00:00', '2025-11-06 09:00:00'),
                (2, 1, 1, 1, 'Відповідь', NULL, '2025-11-05 12:30:00', '2025-11-05 12:30:00');
            """
        );

        await _bed.MoveAsync();

        var (first, answer) = (await CommentAsync(1), await CommentAsync(2));
        Assert.Equal(
            ("Перший\nрядок", "ivan_broker", ChangeOrigin.Import),
            (first.Body, first.AuthorName, first.Origin)
        );
        Assert.Equal(await _bed.NewAsync(LegacyKind.User, 2), first.AuthorId);
        Assert.Equal(new DateTimeOffset(2025, 11, 5, 12, 0, 0, TimeSpan.Zero), first.CreatedAt);
        Assert.Equal(new DateTimeOffset(2025, 11, 6, 9, 0, 0, TimeSpan.Zero), first.EditedAt);
        Assert.Equal((first.Id, (DateTimeOffset?)null), (answer.QuotedCommentId, answer.EditedAt));
        var note = await _bed.ReadAsync(db => db.NoteSyncs.SingleAsync(Token));
        Assert.Equal((first.Id, "701", "Перший\nрядок"), (note.CommentId, note.NoteId, note.BodySnapshot));
        // Nothing waits to be sent, and the agent's words count as work with the client.
        Assert.Empty(await _bed.ReadAsync(db => db.Outbox.ToListAsync(Token)));
        Assert.Equal(first.CreatedAt, (await _bed.Hub.LoadAsync(first.LeadId)).WorkedAt);
    }

    [Fact]
    public async Task DirtyComments_AreRepairedOrListed()
    {
        await _bed.Portal.RunAsync(
            $"""
            INSERT INTO comment (id, lead_id, user_id, parent_id, content, hubspot_note_id, created_at) VALUES
                (1, 99, 2, NULL, 'orphan', NULL, now()), (2, 1, 77, NULL, 'stranger', '701', '2025-11-05'),
                (3, 1, 2, NULL, E' \n ', NULL, '2025-11-05'), (4, 1, 2, NULL, '{new string(
                'д',
                3500
            )}', NULL, '2025-11-05'),
                (5, 2, 2, 2, 'answers elsewhere', '701', '2025-11-05'), (6, 1, 2, 99, 'answers nothing', 'x-1', NULL),
                (7, 1, 2, NULL, 'again', '701', '2025-11-05');
            """
        );

        var report = await _bed.MoveAsync();

        Assert.Equal([1L], report.Of("comment-without-lead", "comment"));
        Assert.Equal([3L], report.Of("comment-empty", "comment"));
        Assert.Equal([4L], report.Of("comment-long", "comment"));
        Assert.Equal([2L], report.Of("author-unknown", "comment"));
        Assert.Equal([5L, 6L], report.Of("parent-unknown", "comment"));
        Assert.Equal([6L], report.Of("hubspot-id-unreadable", "comment"));
        Assert.Equal([7L], report.Of("note-shared", "comment"));
        Assert.Equal([6L], report.Of("time-repaired", "comment"));
        Assert.Equal(2, report.Counts.Single(count => count.Table == "comment").LeftOut);
        Assert.Equal(
            (null, "Старий портал, користувач 77"),
            await CommentAsync(2) is var two ? (two.AuthorId, two.AuthorName) : default
        );
        Assert.Equal(3500, (await CommentAsync(4)).Body.Length);
        Assert.Null((await CommentAsync(5)).QuotedCommentId);
        // One note may be two leads', of one client; on one lead it is one comment's.
        Assert.Equal(
            new[] { (await CommentAsync(2)).Id, (await CommentAsync(5)).Id }.Order(),
            (await _bed.ReadAsync(db => db.NoteSyncs.Select(row => row.CommentId).ToListAsync(Token))).Order()
        );
    }

    [Fact]
    public async Task Comment_ThatHubSpotBroughtBefore_IsNotBroughtTwice()
    {
        var here = await _bed.Hub.LeadAsync(_bed.Hub.Olena, 1);
        var comment = new Comment
        {
            LeadId = here.Id,
            AuthorName = "HubSpot",
            Body = "Нотатка",
            Origin = ChangeOrigin.HubSpot,
        };
        await _bed
            .Hub.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.LeadSyncs.Add(new LeadSync { LeadId = here.Id, DealId = "9001" });
                    db.Comments.Add(comment);
                    db.NoteSyncs.Add(new NoteSync { CommentId = comment.Id, NoteId = "701" });
                    return Task.CompletedTask;
                },
                Token
            );
        await _bed.Portal.RunAsync(
            """
            UPDATE lead SET hubspot_deal_id = '9001' WHERE id = 1;
            INSERT INTO comment (id, lead_id, user_id, content, hubspot_note_id) VALUES (1, 1, 2, 'Нотатка', '701');
            """
        );

        var report = await _bed.MoveAsync();

        Assert.Equal(comment.Id, await _bed.NewAsync(LegacyKind.Comment, 1));
        Assert.Single(await _bed.ReadAsync(db => db.Comments.ToListAsync(Token)));
        Assert.Equal([1L], report.Of("note-here", "comment"));
    }

    [Fact]
    public async Task Activities_AreListedAndLeftOut_WithoutAWordOfTheirTexts()
    {
        await _bed.Portal.RunAsync(
            """
            INSERT INTO activity (id, lead_id, hubspot_activity_id, activity_type, subject, body, duration) VALUES
                (1, 1, '801', 'email', 'Чужий лист', 'Чужий клієнт', NULL), (2, 1, '802', 'call', NULL, NULL, 125000);
            """
        );

        var report = await _bed.MoveAsync();

        Assert.Equal([1L, 2L], report.Of("activity-left-out", "activity"));
        Assert.DoesNotContain(report.Lines, line => line.What.Contains("Чужий", StringComparison.Ordinal));
        Assert.Empty(await _bed.ReadAsync(db => db.Activities.ToListAsync(Token)));
        Assert.Equal(
            new LegacyCount("activity") { Read = 2 },
            report.Counts.Single(count => count.Table == "activity")
        );
    }

    private async Task<Comment> CommentAsync(long oldId)
    {
        var id = await _bed.NewAsync(LegacyKind.Comment, oldId);
        return await _bed.ReadAsync(db => db.Comments.SingleAsync(comment => comment.Id == id, Token));
    }
}
