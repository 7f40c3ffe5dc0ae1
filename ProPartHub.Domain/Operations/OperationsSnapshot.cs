namespace ProPartHub.Domain.Operations;

/// <summary>What only the database and the disks can tell, at one moment. All times are UTC.</summary>
/// <param name="ReadAt">When it was read.</param>
/// <param name="Queues">What waits, in the order of <see cref="QueueName"/>.</param>
/// <param name="Database">The database.</param>
/// <param name="Exchange">What HubSpot's rows say.</param>
/// <param name="Backup">Backups.</param>
/// <param name="IsAuditIntact">False where the last verification of the audit's chain found a fault.</param>
/// <param name="Folders">Disks under the folders that the settings name.</param>
public sealed record OperationsSnapshot(
    DateTimeOffset ReadAt,
    IReadOnlyList<QueueState> Queues,
    DatabaseState Database,
    ExchangeState Exchange,
    BackupState Backup,
    bool IsAuditIntact,
    IReadOnlyList<FolderState> Folders
)
{
    /// <summary>Queues that keep something waiting longer than they should.</summary>
    /// <param name="now">The present moment (UTC).</param>
    public IReadOnlyList<QueueState> LateAt(DateTimeOffset now) =>
        [.. Queues.Where(queue => queue.IsLateAt(now, Exchange.IsSending))];
}

/// <summary>The database at one moment.</summary>
/// <param name="Size">Bytes on its disk.</param>
/// <param name="Connections">Connections to it, of every instance and of whoever else.</param>
/// <param name="MaxConnections">Most that its server takes, for all of its databases.</param>
/// <param name="ServerVersion">PostgreSQL's version.</param>
/// <param name="LastMigration">Name of the last migration it has.</param>
/// <param name="PendingMigrations">Migrations of this version that it lacks.</param>
public sealed record DatabaseState(
    long Size,
    int Connections,
    int MaxConnections,
    string ServerVersion,
    string? LastMigration,
    int PendingMigrations
);

/// <summary>The exchange with HubSpot as the database tells it, the same for every instance.</summary>
/// <param name="IsSending">True while changes are meant to be carried to HubSpot.</param>
/// <param name="IsReading">True while HubSpot's changes are meant to be read.</param>
/// <param name="LastPull">Up to when HubSpot's changes of deals were read.</param>
public sealed record ExchangeState(bool IsSending, bool IsReading, DateTimeOffset? LastPull);

/// <summary>Backups at one moment.</summary>
/// <param name="IsOn">True where they are made by themselves.</param>
/// <param name="LastGood">When the newest was begun that is known to be good.</param>
/// <param name="HasFailed">True where the last run that ended failed.</param>
public sealed record BackupState(bool IsOn, DateTimeOffset? LastGood, bool HasFailed);

/// <summary>Folders whose disk may fill up.</summary>
public enum HubFolder
{
    /// <summary>Stored files.</summary>
    Files = 1,

    /// <summary>Backups.</summary>
    Backups = 2,

    /// <summary>What is written for a while, such as a file being handed in.</summary>
    Temporary = 3,
}

/// <summary>The disk under a folder.</summary>
/// <param name="Folder">Which folder.</param>
/// <param name="Free">Bytes free for the portal.</param>
/// <param name="Size">Bytes in all.</param>
public sealed record FolderState(HubFolder Folder, long Free, long Size);
