namespace ProPartHub.Domain.Backups;

/// <summary>What a backup, or the look at one, is doing.</summary>
public enum BackupStep
{
    /// <summary>Waits for its turn.</summary>
    Waiting = 0,

    /// <summary>Copies stored files.</summary>
    Files = 1,

    /// <summary>Dumps the database.</summary>
    Database = 2,

    /// <summary>Compares the parts with the manifest.</summary>
    Hashes = 3,

    /// <summary>Restores the dump into a scratch database.</summary>
    Restoring = 4,

    /// <summary>Compares the scratch database with the manifest.</summary>
    Comparing = 5,

    /// <summary>Opens stored files.</summary>
    Opening = 6,
}

/// <summary>How far it has come.</summary>
/// <param name="Step">What is being done.</param>
/// <param name="Done">Files done.</param>
/// <param name="Total">Files in all; 0 where a step has no count.</param>
public sealed record BackupProgress(BackupStep Step, long Done = 0, long Total = 0);

/// <summary>Hears of progress; may be called for every file.</summary>
public delegate Task BackupReport(BackupProgress progress);
