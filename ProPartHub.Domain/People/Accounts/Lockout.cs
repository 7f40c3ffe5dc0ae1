namespace ProPartHub.Domain.People.Accounts;

/// <summary>
/// Closes accounts for a while. Five wrong passwords in a row do for half an hour, the right one in between starts anew; an
/// admin does for as long as the admin says, and only an admin or the time ends that.
/// </summary>
internal static class Lockout
{
    public const int Failures = 5;

    public static readonly TimeSpan Duration = TimeSpan.FromMinutes(30);

    /// <summary>Whether it is an admin who closed it, which no link that people get for themselves may end.</summary>
    public static bool IsLockedByAdmin(HubUser user, DateTimeOffset now) => user.LockedByAdmin && IsLocked(user, now);

    public static bool IsLocked(HubUser user, DateTimeOffset now) => user.LockoutEnd > now;

    /// <summary>An admin closes it.</summary>
    public static void Lock(HubUser user, DateTimeOffset until) =>
        (user.LockoutEnd, user.LockedByAdmin) = (until, true);

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
        // The mark may be left from a lock that is long over.
        (user.LockoutEnd, user.LockedByAdmin) = (now + Duration, false);
        return true;
    }

    public static void Clear(HubUser user)
    {
        user.AccessFailedCount = 0;
        (user.LockoutEnd, user.LockedByAdmin) = (null, false);
    }
}
