using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Http;

namespace ProPartHub.HubSpotSandbox.Objects;

/// <summary>
/// Makes one record of two. The primary's values win, the other's fill its gaps. For contacts and companies the survivor
/// is a third record with a new id; both old ids answer with it and vanish from lists and search.
/// </summary>
internal sealed class RecordMerger(HubSpotAccount account)
{
    private const int MostIdentities = 250;

    public CrmRecord Merge(CrmRecord primary, CrmRecord other, DateTimeOffset at, ChangeSource source)
    {
        if (primary == other)
            throw ApiError.Validation("A record cannot be merged with itself").Exception();

        var oldIds = OldIds(primary).Concat(OldIds(other)).Append(primary.IdText).Append(other.IdText).ToList();
        if (oldIds.Count > MostIdentities)
            throw TooManyIdentities().Exception();

        var records = account.Records(primary.Type);
        var unique = account.Schema.UniqueProperties(primary.Type).ToList();
        records.Unique.Release(primary, unique);
        records.Unique.Release(other, unique);

        var survivor = primary.Type.MergeMakesNewRecord ? NewRecord(primary, at, source) : primary;
        var moved = FillGaps(survivor, other, at, source);
        KeepEmails(survivor, other, at, source);
        Remember(survivor, oldIds, at);
        records.Unique.Claim(survivor, unique);

        foreach (var old in new[] { primary, other }.Where(old => old != survivor))
        {
            account.Associations.MoveAll(old, survivor);
            records.Remove(old);
            records.Redirect(old.Id, survivor.Id);
        }

        survivor.Touch(at, source);
        account.Publish(new RecordsMerged(survivor, primary.Id, other.Id, moved, at, source));
        return survivor;
    }

    private CrmRecord NewRecord(CrmRecord primary, DateTimeOffset at, ChangeSource source)
    {
        var records = account.Records(primary.Type);
        var record = new CrmRecord(primary.Type, records.TakeId(), at, source);
        records.Add(record);
        foreach (var name in Writable(primary))
            record.Set(name, primary[name]!, at, source);
        return record;
    }

    private int FillGaps(CrmRecord survivor, CrmRecord other, DateTimeOffset at, ChangeSource source) =>
        Writable(other).Count(name => survivor[name] is null && survivor.Set(name, other[name]!, at, source));

    private static void KeepEmails(CrmRecord survivor, CrmRecord other, DateTimeOffset at, ChangeSource source)
    {
        if (survivor.Type != ObjectType.Contacts)
            return;

        var all = new[] { survivor, other }
            .SelectMany(record =>
                UniqueValues.Split(UniqueValues.AdditionalEmails, record[UniqueValues.AdditionalEmails] ?? "")
            )
            .Append(other["email"] ?? "")
            .Where(email => email != "" && email != survivor["email"])
            .Distinct();
        survivor.Set(UniqueValues.AdditionalEmails, string.Join(';', all), at, source);
    }

    private void Remember(CrmRecord survivor, List<string> oldIds, DateTimeOffset at)
    {
        var merged = oldIds.Where(id => id != survivor.IdText).ToList();
        survivor.Set("hs_merged_object_ids", string.Join(';', merged), at, ChangeSource.Calculated);
        if (survivor.Type == ObjectType.Contacts)
        {
            var stamped = merged.Select(id => $"{id}:{at.ToUnixTimeMilliseconds()}");
            survivor.Set("hs_calculated_merged_vids", string.Join(';', stamped), at, ChangeSource.Calculated);
            survivor.Set(
                "hs_all_contact_vids",
                string.Join(';', merged.Append(survivor.IdText)),
                at,
                ChangeSource.Calculated
            );
        }

        foreach (var (name, value) in WorkedProperties.Of(survivor, account))
            survivor.Set(name, value, at, ChangeSource.Calculated);
    }

    private IEnumerable<string> Writable(CrmRecord record) =>
        [
            .. record.PropertyNames.Where(name =>
                record[name] is not null
                && account.Schema.Find(record.Type, name) is { ModificationMetadata.ReadOnlyValue: false }
            ),
        ];

    private static string[] OldIds(CrmRecord record) =>
        (record["hs_merged_object_ids"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);

    private static ApiError TooManyIdentities() =>
        ApiError.Validation("Cannot have more than 250 identities on a profile") with
        {
            StatusCode = StatusCodes.Status414UriTooLong,
        };
}
