using System.ComponentModel.DataAnnotations;

namespace ProPartHub.Domain.Data;

/// <summary>How the hub reaches PostgreSQL (section <c>Database</c>); the address itself is <c>ConnectionStrings:Hub</c>.</summary>
public sealed class DatabaseOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Database";

    /// <summary>Name of the connection string.</summary>
    public const string ConnectionName = "Hub";

    /// <summary>
    /// Connection string that reaches PostgreSQL without a transaction pooler such as PgBouncer, for LISTEN, backups and the
    /// lease of the sync. Empty: the ordinary one is used.
    /// </summary>
    public string? DirectConnectionString { get; set; }

    /// <summary>
    /// Most connections of one instance. All instances together must stay below the server's <c>max_connections</c> with some
    /// left over: each holds a few more for the change feed, the lease and backups.
    /// </summary>
    [Range(2, 500)]
    public int MaxPoolSize { get; set; } = 50;

    /// <summary>Longest a single command may run, in seconds; the server ends it a little later by itself.</summary>
    [Range(1, 600)]
    public int CommandTimeoutSeconds { get; set; } = 30;

    /// <summary>Tries after a transient fault before an operation gives up.</summary>
    [Range(0, 20)]
    public int MaxRetries { get; set; } = 4;

    /// <summary>
    /// Folder of PostgreSQL's programs: <c>pg_dump</c> and <c>pg_restore</c> for backups, of the server's version or newer, and
    /// in Development those of the private server. Empty: PATH and the usual folders are looked through.
    /// </summary>
    public string? PostgresBinaries { get; set; }

    /// <summary>
    /// In Development, where no database is named: folder of the private server with its data. Empty: a folder of the user's
    /// data.
    /// </summary>
    public string? PrivateFolder { get; set; }
}
