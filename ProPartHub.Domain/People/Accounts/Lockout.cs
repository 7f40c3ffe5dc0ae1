namespace ProPartHub.Domain.People.Accounts;

/// <summary>Five wrong passwords in a row close an account for half an hour; the right one in between starts anew.</summary>
internal static class Lockout
{
    public const int Failures = 5;

    public static readonly TimeSpan Duration = TimeSpan.FromMinutes(30);

    /// <summary>Whether an admin closed it: longer than wrong passwords do.</summary>
    public static bool IsLockedByAdmin(HubUser user, DateTimeOffset now) => user.LockoutEnd > now + Duration;

    public static bool IsLocked(HubUser user, DateTimeOffset now) => user.LockoutEnd > now;

    /// <summary>Counts one wrong password.</summary>
    /// <returns>Whether this one closed the account.</returns>
    public static bool CountFailure(HubUser user, DateTimeOffset now)
    {
        user.AccessFailedCount++;
        if (user.AccessFailedCount < Failures)
        {
            return false;
        }

        user.AccessFailedCount = 0;
        user.LockoutEnd = now + Duration;
        return true;
    }

    public static void Clear(HubUser user)
    {
        user.AccessFailedCount = 0;
        user.LockoutEnd = null;
    }
}
