using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Backups;

/// <summary>
/// Which backups are kept: all of the last days, one of each of the last months, and always the newest that was found sound,
/// however old. One that was found unsound stands for no month.
/// </summary>
public static class BackupRetention
{
    /// <summary>The backups that may go.</summary>
    /// <param name="backups">All of them.</param>
    /// <param name="now">The present moment.</param>
    /// <param name="options">For how long they are kept.</param>
    /// <param name="calendar">The agency's calendar, by whose months they are counted.</param>
    public static IReadOnlyList<StoredBackup> Surplus(
        IReadOnlyCollection<StoredBackup> backups,
        DateTimeOffset now,
        BackupOptions options,
        AgencyCalendar calendar
    )
    {
        var youngest = now.AddDays(-options.KeepDays);
        var newestFirst = backups.OrderByDescending(TakenAt).ToList();
        var months = calendar.Months(now, options.KeepMonths).ToHashSet();
        var kept = newestFirst.Where(backup => TakenAt(backup) > youngest).ToHashSet();

        // The first of its month: what is chosen once stays chosen, and grows old as the only one of it.
        kept.UnionWith(
            newestFirst
                .Where(backup => backup.Verdict?.IsSound != false)
                .GroupBy(backup => calendar.MonthOf(TakenAt(backup)))
                .Where(month => months.Contains(month.Key))
                .Select(month => month.MinBy(TakenAt)!)
        );
        if (newestFirst.FirstOrDefault(backup => backup.Verdict?.IsSound == true) is { } sound)
        {
            kept.Add(sound);
        }

        // Where none was ever looked at, the newest.
        kept.UnionWith(newestFirst.Take(1));
        return [.. newestFirst.Where(backup => !kept.Contains(backup))];
    }

    private static DateTimeOffset TakenAt(StoredBackup backup) => backup.Manifest.SnapshotAt;
}
