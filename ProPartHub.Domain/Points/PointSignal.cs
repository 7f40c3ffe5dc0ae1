using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Points;

/// <summary>
/// Tells this process that somebody's points or the rules changed, on whichever instance. It says nothing of whose or for
/// which lead, since everybody may hear it: who hears reads the ranking again, as itself. One for the process.
/// </summary>
public sealed class PointSignal
{
    /// <summary>Name of the notification channel; the payload is empty.</summary>
    public const string Channel = "propart_points";

    /// <summary>Raised on any thread; handlers must return at once.</summary>
    public event Action? Changed;

    /// <summary>Something may have changed.</summary>
    internal void Hear() => Changed?.Invoke();
}

internal static class PointNotification
{
    /// <summary>Tells every instance at commit.</summary>
    public static Task NotifyPointsAsync(this HubDbContext db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_notify({PointSignal.Channel}, '')", cancellationToken);
}
