using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ProPartHub.Domain.Data;

/// <summary>Tells a database that does not answer, not in time or not now, from a fault of the hub's own.</summary>
public static class DatabaseOutage
{
    // Classes of SQLSTATE in which the server, not the statement, is at fault: connection, resources, intervention, system.
    private static readonly string[] Classes = ["08", "53", "57", "58"];

    /// <summary>
    /// True for what a command or a save throws while the database is away or takes nothing: the driver's own error, the end of
    /// the retries, or the wait for a connection. A caller says so and offers another try; everything else is for the error page.
    /// </summary>
    public static bool Is(Exception exception) =>
        exception is DbException or RetryLimitExceededException or TimeoutException
        || (exception is DbUpdateException { InnerException: DbException refused } && IsOfTheServer(refused));

    /// <summary>
    /// True also for a save that was refused. What runs in the background by itself must outlive that too: it tries again
    /// later, on the rows as they are then.
    /// </summary>
    public static bool MayPass(Exception exception) => Is(exception) || exception is DbUpdateException;

    /// <summary>What a server that answers gives as its reason to do no work; null where it gives none of these.</summary>
    public static DatabaseTrouble? TroubleOf(Exception? exception) =>
        exception switch
        {
            null => null,
            PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } => DatabaseTrouble.NoConnections,
            PostgresException { SqlState: PostgresErrorCodes.DiskFull } => DatabaseTrouble.NoRoom,
            PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => DatabaseTrouble.ReadOnly,
            _ => TroubleOf(exception.InnerException),
        };

    private static bool IsOfTheServer(DbException exception) =>
        exception is not PostgresException { SqlState: var state }
        || state == PostgresErrorCodes.ReadOnlySqlTransaction
        || Classes.Any(start => state.StartsWith(start, StringComparison.Ordinal));
}
