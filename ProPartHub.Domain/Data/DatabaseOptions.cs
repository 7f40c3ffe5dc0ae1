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
    /// Connection string that reaches PostgreSQL without a transaction pooler, for LISTEN and the sync lease.
    /// Empty: the ordinary one is used.
    /// </summary>
    public string? DirectConnectionString { get; set; }

    /// <summary>Most connections of one instance.</summary>
    [Range(2, 500)]
    public int MaxPoolSize { get; set; } = 50;

    /// <summary>Longest a single command may run, in seconds; the server ends it a little later by itself.</summary>
    [Range(1, 600)]
    public int CommandTimeoutSeconds { get; set; } = 30;

    /// <summary>Tries after a transient fault before an operation gives up.</summary>
    [Range(0, 20)]
    public int MaxRetries { get; set; } = 4;
}
