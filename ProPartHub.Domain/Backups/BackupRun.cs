using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Backups;

/// <summary>What a run does.</summary>
public enum BackupRunKind
{
    /// <summary>Makes a backup.</summary>
    Backup = 1,

    /// <summary>Looks at one that is there.</summary>
    Verification = 2,
}

/// <summary>What became of a run.</summary>
public enum BackupResult
{
    /// <summary>Somebody asked for it; no instance has begun.</summary>
    Waiting = 1,

    /// <summary>Under way.</summary>
    Running = 2,

    /// <summary>Done, and nothing found wrong.</summary>
    Done = 3,

    /// <summary>It could not be done, or the backup is not sound; the words say why.</summary>
    Failed = 4,

    /// <summary>The portal ended meanwhile.</summary>
    Interrupted = 5,
}

/// <summary>How a backup was looked at.</summary>
public enum BackupCheck
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>Restored into a scratch database and compared.</summary>
    Restored = 1,

    /// <summary>Hashes and the dump's list alone: no scratch database could be made.</summary>
    HashesOnly = 2,

    /// <summary>Something is wrong with it.</summary>
    Unsound = 3,
}

/// <summary>A backup that was made or looked at, or is to be. Times are UTC.</summary>
public sealed class BackupRun
{
    /// <summary>Longest words of a fault, in characters.</summary>
    public const int WordsLength = 2000;

    /// <summary>Longest name of a backup and longest folder, in characters.</summary>
    public const int PlaceLength = 1000;

    /// <summary>Key (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What it does.</summary>
    public BackupRunKind Kind { get; init; }

    /// <summary>What became of it.</summary>
    public BackupResult Result { get; set; }

    /// <summary>When it was asked for, by a person or by the clock.</summary>
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Name of the backup.</summary>
    public string? Name { get; set; }

    /// <summary>The folder it went to, where that is not the configured one.</summary>
    public string? Place { get; init; }

    /// <summary>Bytes of the backup.</summary>
    public long Size { get; set; }

    /// <summary>Bytes by which the disk holds more than before.</summary>
    public long Added { get; set; }

    /// <summary>How the backup was looked at.</summary>
    public BackupCheck Check { get; set; }

    /// <summary>Why it failed, why it was not restored, or which files were lost before.</summary>
    public string? Words { get; set; }

    /// <summary>Who asked for it; null for the clock and the command line.</summary>
    public Guid? ById { get; init; }

    /// <summary>That person's name.</summary>
    public required string ByName { get; init; }

    /// <summary>What is being done.</summary>
    public BackupStep Step { get; set; }

    /// <summary>Files done of the step.</summary>
    public long Done { get; set; }

    /// <summary>Files of the step; 0 where it has no count.</summary>
    public long Total { get; set; }
}

internal sealed class BackupRunConfiguration : IEntityTypeConfiguration<BackupRun>
{
    public void Configure(EntityTypeBuilder<BackupRun> builder)
    {
        builder.ToTable("backup_runs");
        builder.Property(run => run.Id).ValueGeneratedNever();
        builder.Property(run => run.Name).HasMaxLength(BackupRun.PlaceLength);
        builder.Property(run => run.Place).HasMaxLength(BackupRun.PlaceLength);
        builder.Property(run => run.Words).HasMaxLength(BackupRun.WordsLength);
        builder.Property(run => run.ByName).HasMaxLength(HubUser.DisplayNameLength);
        builder.HasOne<HubUser>().WithMany().HasForeignKey(run => run.ById).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(run => run.ById);

        // The history, and the last of each kind and result, on which the schedule stands.
        builder.HasIndex(run => new { run.AskedAt, run.Id });
        builder.HasIndex(run => new
        {
            run.Kind,
            run.Result,
            run.StartedAt,
        });
    }
}
