namespace ProPartHub.Domain.Operations;

/// <summary>What waits somewhere in the database to be done; each has its words under this name.</summary>
public enum QueueName
{
    /// <summary>Changes on their way to HubSpot.</summary>
    Pushes = 1,

    /// <summary>Changes that HubSpot refused; an admin decides.</summary>
    Parked = 2,

    /// <summary>Webhooks that were stored and not acted on.</summary>
    Webhooks = 3,

    /// <summary>Mails that wait for the mail server.</summary>
    Mails = 4,

    /// <summary>Events of which nobody was told yet.</summary>
    Notifications = 5,

    /// <summary>Notifications whose mail is due.</summary>
    NotificationMails = 6,

    /// <summary>Imports with a batch that is due.</summary>
    Imports = 7,

    /// <summary>Acts upon many leads with a batch that is due.</summary>
    BulkActs = 8,

    /// <summary>Backups and verifications that were asked for.</summary>
    Backups = 9,

    /// <summary>Events that are not sealed yet.</summary>
    Audit = 10,

    /// <summary>Files of before that are not in the store.</summary>
    FormerFiles = 11,
}

/// <summary>One queue at one moment.</summary>
/// <param name="Queue">Which.</param>
/// <param name="Depth">How many wait.</param>
/// <param name="Oldest">Since when the first of them waits (UTC); null for nothing, or where it is not written down.</param>
public sealed record QueueState(QueueName Queue, int Depth, DateTimeOffset? Oldest)
{
    /// <summary>How long the oldest waits; nought for an empty queue and for what is due later.</summary>
    /// <param name="now">The present moment (UTC).</param>
    public TimeSpan AgeAt(DateTimeOffset now) => Oldest < now ? now - Oldest.Value : TimeSpan.Zero;

    /// <summary>True where it waits longer than it should.</summary>
    /// <param name="now">The present moment (UTC).</param>
    /// <param name="isSending">Whether changes are carried to HubSpot at all.</param>
    public bool IsLateAt(DateTimeOffset now, bool isSending) =>
        QueuePatience.Of(Queue, isSending) is { } patience && AgeAt(now) > patience;
}

/// <summary>How long a queue may keep something waiting before that is a fault.</summary>
public static class QueuePatience
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(30);

    /// <summary>The patience; null where waiting is no fault, or is a person's affair.</summary>
    /// <param name="queue">Which.</param>
    /// <param name="isSending">Whether changes are carried to HubSpot at all.</param>
    public static TimeSpan? Of(QueueName queue, bool isSending) =>
        queue switch
        {
            QueueName.Pushes => isSending ? Later : null,
            QueueName.Webhooks => isSending ? Soon : null,
            QueueName.Notifications or QueueName.Audit or QueueName.BulkActs => Soon,
            QueueName.Mails or QueueName.NotificationMails or QueueName.Imports or QueueName.Backups => Later,
            _ => null,
        };
}
