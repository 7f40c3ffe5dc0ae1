using System.ComponentModel.DataAnnotations;

namespace ProPartHub.Domain.Backups;

/// <summary>Where backups go, when they are made and how long they are kept (section <c>Backup</c>).</summary>
public sealed class BackupOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Backup";

    /// <summary>
    /// Folder of the backups; never one that is served, best on another disk. Empty: nothing is backed up by itself.
    /// </summary>
    public string? Folder { get; set; }

    /// <summary>
    /// Time of day at which the nightly backup begins, by the agency's clock (<c>Hub:TimeZone</c>). One that was missed is
    /// made after the next start.
    /// </summary>
    public TimeOnly At { get; set; } = new(3, 0);

    /// <summary>Days for which every backup is kept; the newest that was found sound is kept in any case.</summary>
    [Range(1, 3650)]
    public int KeepDays { get; set; } = 14;

    /// <summary>Months, beyond those days, of each of which the first backup is kept; 0 keeps none of them.</summary>
    [Range(0, 120)]
    public int KeepMonths { get; set; } = 12;

    /// <summary>
    /// Whether each backup is restored into a scratch database and looked through after it was made. It takes the room of the
    /// database once more for a while; without it nobody knows whether a backup can be restored.
    /// </summary>
    public bool Verify { get; set; } = true;

    /// <summary>
    /// Connection string of a role that may create databases, on whichever server backups are to be tried. Empty: the portal's
    /// own role on its own server; where that may not create databases, only checksums are looked at, and the page says so.
    /// </summary>
    public string? VerifyOn { get; set; }

    /// <summary>Folder of pg_dump and pg_restore; empty: the usual folders. The portal takes it from <c>Database:PostgresBinaries</c>.</summary>
    public string? ProgramsFolder { get; set; }

    /// <summary>Whether backups are made by themselves.</summary>
    public bool IsOn => !string.IsNullOrWhiteSpace(Folder);
}

/// <summary>How backups reach the portal's database.</summary>
/// <param name="ConnectionString">Past a transaction pooler: a snapshot and a lock live on one connection.</param>
public sealed record BackupConnection(string ConnectionString);

/// <summary>What cannot be done as things are; the message says in plain words why, and what helps.</summary>
public sealed class BackupException : Exception
{
    /// <summary>A fault with its words.</summary>
    public BackupException(string message)
        : base(message) { }

    /// <summary>A fault with its words and its technical cause.</summary>
    public BackupException(string message, Exception? cause)
        : base(message, cause) { }
}
