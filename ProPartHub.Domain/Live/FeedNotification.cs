using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Live;

/// <summary>Sends messages of the feed from inside a transaction: they leave with its commit, or not at all.</summary>
internal static class FeedNotification
{
    /// <summary>Tells every open page on every instance to read again, in place of a message for each of many leads.</summary>
    /// <remarks>
    /// Saves first: notifications come in the order in which they were sent, and what triggers tell of the rows must be heard
    /// before pages are told to read them.
    /// </remarks>
    public static async Task NotifyRefreshAsync(this HubDbContext db, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        await db.NotifyAsync([FeedMessage.RefreshAll], cancellationToken);
    }

    /// <summary>Sends the messages in one command.</summary>
    public static Task NotifyAsync(
        this HubDbContext db,
        IEnumerable<FeedMessage> messages,
        CancellationToken cancellationToken
    )
    {
        string[] payloads = [.. messages.Select(message => message.ToPayload())];
        return db.Database.ExecuteSqlAsync(
            $"SELECT pg_notify({FeedMessage.Channel}, payload) FROM unnest({payloads}) AS payload",
            cancellationToken
        );
    }
}
