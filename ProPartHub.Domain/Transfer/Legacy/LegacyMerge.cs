namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>
/// Compares a row brought before with what stands here, field by field: what only the former portal changed is brought,
/// what was changed here stays, and where both changed it differently the report says so, once.
/// </summary>
internal sealed class LegacyMerge(LegacyBatch batch, LegacyRow row, LegacyId id)
{
    private readonly Dictionary<string, string> _fields = new(id.Fields);

    /// <summary>Whether anything is to be brought.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>Compares a field.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="there">The former portal's value, as it would be brought.</param>
    /// <param name="here">The value here.</param>
    /// <returns>True when the former portal's value is to be set here.</returns>
    public bool Takes(string name, string? there, string? here)
    {
        var print = Print(name, there);
        if (_fields.GetValueOrDefault(name) is not { } agreed || agreed == print)
        {
            // A field that an older version of this command did not bring has nothing to be compared with.
            _fields[name] = print;
            return false;
        }

        _fields[name] = print;
        if (there == here)
        {
            return false;
        }

        if (Print(name, here) != agreed)
        {
            batch.Note(row, LegacyRule.ChangedOnBothSides, $"{name}: the value here stays");
            return false;
        }

        IsChanged = true;
        return true;
    }

    /// <summary>Notes a value that is never brought.</summary>
    /// <returns>True when it changed in the former portal since the last run.</returns>
    public bool HasChangedThere(string name, string? there)
    {
        var print = Print(name, there);
        var hasChanged = _fields.GetValueOrDefault(name) is { } agreed && agreed != print;
        _fields[name] = print;
        return hasChanged;
    }

    /// <summary>Keeps what was compared.</summary>
    public void Finish()
    {
        id.Fields = _fields;
        batch.Compare(row, id, IsChanged);
    }

    private string Print(string name, string? value) => LegacyPrint.Of(id.NewId, name, value);
}
