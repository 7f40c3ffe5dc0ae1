using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Associations;

namespace ProPartHub.HubSpotSandbox.Objects;

/// <summary>Carries out writes that <see cref="WriteRules"/> found in order. The only place that changes records.</summary>
internal sealed class RecordWriter(HubSpotAccount account, Linker linker)
{
    public CrmRecord Commit(PreparedWrite write, DateTimeOffset at, ChangeSource source)
    {
        var record = write.Target is { } target
            ? Update(target, write.Values, at, source)
            : Create(write.Type, write.Values, at, source);
        foreach (var link in write.Links)
            linker.Link(record, link.To, link.Types, at, source);
        // A write that changes no value has still moved the record's time.
        account.Publish(new AccountTouched(at, source));
        return record;
    }

    private CrmRecord Create(
        ObjectType type,
        IReadOnlyDictionary<string, string> values,
        DateTimeOffset at,
        ChangeSource source
    )
    {
        var records = account.Records(type);
        var record = new CrmRecord(type, records.TakeId(), at, source);
        records.Add(record);
        account.Publish(new RecordCreated(record, at, source));
        SetValues(record, values, at, source);
        records.Unique.Claim(record, account.Schema.UniqueProperties(type));
        return record;
    }

    private CrmRecord Update(
        CrmRecord record,
        IReadOnlyDictionary<string, string> values,
        DateTimeOffset at,
        ChangeSource source
    )
    {
        var unique = account.Records(record.Type).Unique;
        unique.Release(record, account.Schema.UniqueProperties(record.Type));
        SetValues(record, values, at, source);
        unique.Claim(record, account.Schema.UniqueProperties(record.Type));
        record.Touch(at, source);
        return record;
    }

    private void SetValues(
        CrmRecord record,
        IReadOnlyDictionary<string, string> values,
        DateTimeOffset at,
        ChangeSource source
    )
    {
        foreach (var (name, value) in values)
        {
            if (record.Set(name, value, at, source))
                account.Publish(new PropertyChanged(record, name, value, at, source));
        }

        foreach (var (name, value) in WorkedProperties.Of(record, account))
            record.Set(name, value, at, ChangeSource.Calculated);
    }

    /// <summary>Puts a record into the recycle bin; its unique values are free again.</summary>
    public void Archive(CrmRecord record, DateTimeOffset at, ChangeSource source)
    {
        account.Records(record.Type).Unique.Release(record, account.Schema.UniqueProperties(record.Type));
        record.Archive(at, source);
        account.Publish(new RecordDeleted(record, at, source));
    }

    public void Restore(CrmRecord record, DateTimeOffset at, ChangeSource source)
    {
        record.Restore(at, source);
        account.Records(record.Type).Unique.Claim(record, account.Schema.UniqueProperties(record.Type));
        account.Publish(new RecordRestored(record, at, source));
    }

    /// <summary>Erases a record for good. No trace of it stays, not even an archived one.</summary>
    public void Erase(CrmRecord record, DateTimeOffset at, ChangeSource source)
    {
        if (!record.Archived)
            account.Records(record.Type).Unique.Release(record, account.Schema.UniqueProperties(record.Type));
        account.Associations.RemoveAll(record);
        account.Records(record.Type).Remove(record);
        account.Publish(new RecordErased(record, at, source));
        account.Publish(new RecordDeleted(record, at, source));
    }
}
