using System.Globalization;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Notifications;

/// <summary>
/// Tells people that they were named in a comment. For the transaction that writes the comment, so that neither is there
/// without the other; a lead's agent who is named is told once, as named.
/// </summary>
public sealed class Mentions(NotificationWriter writer)
{
    /// <summary>
    /// Tells one person. Nothing happens where that person may not see the lead, is switched off, wrote the comment, or was
    /// told before.
    /// </summary>
    /// <param name="db">The transaction that writes the comment.</param>
    /// <param name="by">Who wrote it.</param>
    /// <param name="userId">Who is named in it.</param>
    /// <param name="comment">The comment.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal Task TellAsync(
        HubDbContext db,
        Actor by,
        Guid userId,
        Comment comment,
        CancellationToken cancellationToken
    ) =>
        userId == by.UserId
            ? Task.CompletedTask
            : writer.WriteAsync(
                db,
                [
                    new Occasion(
                        userId,
                        NotificationKind.Mentioned,
                        string.Create(CultureInfo.InvariantCulture, $"comment:{comment.Id:N}"),
                        comment.CreatedAt
                    )
                    {
                        LeadId = comment.LeadId,
                        SubjectId = comment.Id,
                        ActorId = by.Writing().StoredId,
                        ActorName = by.Name,
                    },
                ],
                cancellationToken
            );
}
