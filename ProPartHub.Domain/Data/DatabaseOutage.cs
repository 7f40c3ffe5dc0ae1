using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ProPartHub.Domain.Data;

/// <summary>Tells a database that does not answer, or not in time, from a fault of the hub's own.</summary>
public static class DatabaseOutage
{
    /// <summary>
    /// True for what a command throws while the database is away: the driver's own error, the end of the retries, or
    /// the wait for a connection. A caller says so and offers another try; everything else is for the error page.
    /// </summary>
    public static bool Is(Exception exception) =>
        exception is DbException or RetryLimitExceededException or TimeoutException;

    /// <summary>
    /// True also for a save that was refused. What runs in the background by itself must outlive that too: it tries again
    /// later, on the rows as they are then.
    /// </summary>
    public static bool MayPass(Exception exception) => Is(exception) || exception is DbUpdateException;
}
