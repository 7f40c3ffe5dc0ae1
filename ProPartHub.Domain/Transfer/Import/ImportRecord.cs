using System.Globalization;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>What the audit hears of imports.</summary>
internal static class ImportRecord
{
    public static SecurityEvent Started(LeadImport import, Actor actor, TimeProvider time) =>
        SecurityLog.Entry(
            SecurityEventKind.LeadImportStarted,
            actor,
            time,
            null,
            ("import", import.Id.ToString()),
            ("file", import.FileName),
            ("rows", Written(import.Total)),
            ("columns", string.Join(", ", import.Mapping.Where(field => field is not ImportField.None))),
            ("duplicates", import.Policy.ToString())
        );

    public static SecurityEvent Ended(LeadImport import, Actor actor, TimeProvider time) =>
        SecurityLog.Entry(
            SecurityEventKind.LeadImportEnded,
            actor,
            time,
            null,
            ("import", import.Id.ToString()),
            ("rows", Written(import.Total)),
            ("created", Written(import.Created)),
            ("changed", Written(import.Updated)),
            ("skipped", Written(import.Skipped)),
            ("refused", Written(import.Refused)),
            ("not reached", Written(import.Total - import.Processed))
        );

    public static SecurityEvent Undone(LeadImport import, Actor actor, TimeProvider time) =>
        SecurityLog.Entry(
            SecurityEventKind.LeadImportUndone,
            actor,
            time,
            null,
            ("import", import.Id.ToString()),
            ("taken back", Written(import.TakenBack)),
            ("left alone", Written(import.LeftAlone))
        );

    public static (string, string?)[] ErrorFile(Guid importId, string fileName) =>
        [("import", importId.ToString()), ("file", fileName)];

    private static string Written(int number) => number.ToString(CultureInfo.InvariantCulture);
}
