using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Timeline;

/// <content>People named in comments.</content>
public sealed partial class CommentService
{
    // Whoever was named and still is stays named, under whatever name and rights they have by now; whoever is named anew has
    // to be one who may see the lead, and is told.
    private async Task NameAsync(
        HubDbContext db,
        Actor actor,
        Lead lead,
        Comment comment,
        CancellationToken cancellationToken
    )
    {
        var before = await db
            .CommentMentions.Where(mention => mention.CommentId == comment.Id)
            .ToListAsync(cancellationToken);
        db.CommentMentions.RemoveRange(before.Where(mention => !MentionText.Names(comment.Body, mention.Written)));
        if (!comment.Body.Contains('@', StringComparison.Ordinal))
        {
            return;
        }

        var people = await db
            .Users.WhoSee(lead.AgentId, lead.TeamId)
            .Select(user => new { user.Id, user.DisplayName })
            .ToListAsync(cancellationToken);
        var named = MentionText.Find(comment.Body, [.. people.Select(person => (person.Id, person.DisplayName))]);
        foreach (var (userId, written) in named.Where(mention => before.All(known => known.UserId != mention.UserId)))
        {
            db.CommentMentions.Add(
                new CommentMention
                {
                    CommentId = comment.Id,
                    UserId = userId,
                    Written = written,
                }
            );
            await mentions.TellAsync(db, actor, userId, comment, cancellationToken);
        }
    }
}
