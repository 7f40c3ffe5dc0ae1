using System.Data.Common;
using Microsoft.EntityFrameworkCore.Storage;

namespace ProPartHub.Web.Hosting;

/// <summary>Tells a database that does not answer, or not in time, from a fault of the portal's own.</summary>
internal static class DatabaseOutage
{
    /// <summary>
    /// True for what a command throws while the database is away: the driver's own error, the end of the retries, or
    /// the wait for a connection. A caller says so and offers another try; everything else is for the error page.
    /// </summary>
    public static bool Is(Exception exception) =>
        exception is DbException or RetryLimitExceededException or TimeoutException;
}
