using ProPartHub.Domain.Backups;
using ProPartHub.Domain.Data;
using Xunit;

namespace ProPartHub.Tests.Backups;

/// <summary>When backups are due, which are kept, and what programs are told of the database.</summary>
public sealed class BackupScheduleTests
{
    private static readonly AgencyCalendar Kyiv = new(TimeZoneInfo.FindSystemTimeZoneById(AgencyCalendar.StandardZone));

    [Theory]
    // Never made: due since 3 o'clock of the day.
    [InlineData("2026-11-27T09:00", null, null, "2026-11-27T01:00")]
    // Before 3 o'clock the day before counts.
    [InlineData("2026-11-27T00:30", null, null, "2026-11-26T01:00")]
    [InlineData("2026-11-27T09:00", "2026-11-27T01:00", null, "2026-11-28T01:00")]
    // One made by hand a little before does not stand for the night's.
    [InlineData("2026-11-27T01:00", "2026-11-27T00:30", null, "2026-11-27T01:00")]
    [InlineData("2026-11-27T01:20", "2026-11-26T01:00", "2026-11-27T01:10", "2026-11-27T01:40")]
    // The failure of yesterday is past.
    [InlineData("2026-11-27T01:00", "2026-11-25T01:00", "2026-11-26T01:10", "2026-11-27T01:00")]
    // On the night that has no 3 o'clock it is 4 o'clock, and in summer an hour earlier by UTC.
    [InlineData("2027-03-28T00:30", "2027-03-27T01:00", null, "2027-03-28T01:00")]
    [InlineData("2027-07-01T12:00", null, null, "2027-07-01T00:00")]
    public void NextRun_IsAtTheAgencysHour(string now, string? good, string? failed, string expected) =>
        Assert.Equal(
            Utc(expected),
            BackupSchedule.NextRun(
                Utc(now),
                new TimeOnly(3, 0),
                Kyiv,
                good is null ? null : Utc(good),
                failed is null ? null : Utc(failed)
            )
        );

    [Fact]
    public void OverTwoYears_TwoWeeksAndAYearOfMonthsAreKept()
    {
        var options = new BackupOptions();
        var kept = new List<StoredBackup>();
        var start = Utc("2024-11-27T01:00");
        for (var day = 0; day < 730; day++)
        {
            var now = start.AddDays(day);
            kept.Insert(0, Backup(now, isSound: true));
            kept = [.. kept.Except(BackupRetention.Surplus(kept, now, options, Kyiv))];
        }

        var last = start.AddDays(729);
        Assert.Equal(14, kept.Count(backup => backup.Manifest.SnapshotAt > last.AddDays(-14)));
        Assert.Equal(
            Kyiv.Months(last, 12).Order(),
            kept.Select(backup => Kyiv.MonthOf(backup.Manifest.SnapshotAt)).Distinct().Order()
        );
        Assert.InRange(kept.Count, 25, 26);
    }

    [Fact]
    public void NewestSoundOne_StaysHoweverOld_AndADamagedOneStandsForNoMonth()
    {
        var now = Utc("2026-11-27T01:00");
        var sound = Backup(now.AddYears(-3), isSound: true);
        var damaged = Backup(now.AddDays(-60), isSound: false);
        var newest = Backup(now.AddDays(-20), isSound: false);

        Assert.Equal([damaged], BackupRetention.Surplus([newest, damaged, sound], now, new BackupOptions(), Kyiv));
    }

    [Fact]
    public void Programs_GetThePasswordInTheirEnvironment_AndTheEncryptionOfTheConnection()
    {
        var told = LibpqEnvironment
            .Of("Host=db;Port=6543;Database=hub;Username=u;Password=p=;SSL Mode=VerifyFull;Root Certificate=/ca.pem")
            .ToDictionary();

        Assert.Equal("p=", told["PGPASSWORD"]);
        Assert.Equal(("db", "6543", "hub", "u"), (told["PGHOST"], told["PGPORT"], told["PGDATABASE"], told["PGUSER"]));
        Assert.Equal(("verify-full", "/ca.pem"), (told["PGSSLMODE"], told["PGSSLROOTCERT"]));
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text + "Z", null);

    private static StoredBackup Backup(DateTimeOffset at, bool isSound) =>
        new(
            $"{at:u}",
            new BackupManifest
            {
                Portal = "1",
                Migration = "m",
                SnapshotAt = at,
                Rows = new Dictionary<string, long>(),
                Dump = new("d", 1, ""),
                Objects = new("o", 1, ""),
            },
            new BackupVerdict(at, isSound, isSound ? [] : ["broken"])
        );
}
