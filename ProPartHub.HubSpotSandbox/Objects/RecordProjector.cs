using System.Globalization;
using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Http;

namespace ProPartHub.HubSpotSandbox.Objects;

/// <summary>What of a record an answer is to show.</summary>
internal sealed record Projection
{
    /// <summary>Names to show; none means the default set of the type.</summary>
    public IReadOnlyList<string> Properties { get; init; } = [];

    public IReadOnlyList<string> WithHistory { get; init; } = [];

    public IReadOnlyList<ObjectType> Associations { get; init; } = [];
}

internal sealed class RecordProjector(HubSpotAccount account)
{
    // An object read shows only the first links; the rest is the associations API's.
    private const int ShownAssociations = 100;

    public RecordView Show(CrmRecord record, Projection projection) =>
        Frame(record, Values(record, projection.Properties, name => record[name])) with
        {
            PropertiesWithHistory =
                projection.WithHistory.Count == 0 ? null : Histories(record, projection.WithHistory),
            Associations = projection.Associations.Count == 0 ? null : Associations(record, projection.Associations),
        };

    /// <summary>The record as the search index knew it at that moment.</summary>
    public RecordView ShowAsOf(CrmRecord record, IReadOnlyList<string> properties, DateTimeOffset moment)
    {
        var values = Values(record, properties, name => record.ValueAt(name, moment));
        return Frame(record, values) with
        {
            UpdatedAt = record.ValueAt(record.Type.ModifiedProperty, moment) ?? HubSpotTime.Format(record.UpdatedAt),
        };
    }

    /// <summary>The answer to a creation: every property that has a value.</summary>
    public static RecordView ShowCreated(CrmRecord record) =>
        Frame(record, Sorted(record.PropertyNames.Where(name => record[name] is not null), name => record[name]));

    /// <summary>The answer to an update: what was sent, besides id and times.</summary>
    public RecordView ShowUpdated(CrmRecord record, IEnumerable<string> sent) =>
        Frame(record, Values(record, [.. sent, record.Type.ModifiedProperty], name => record[name]));

    private static RecordView Frame(CrmRecord record, SortedDictionary<string, string?> values) =>
        new()
        {
            Id = record.IdText,
            Properties = values,
            CreatedAt = HubSpotTime.Format(record.CreatedAt),
            UpdatedAt = HubSpotTime.Format(record.UpdatedAt),
            Archived = record.Archived,
            ArchivedAt = record.ArchivedAt is { } at ? HubSpotTime.Format(at) : null,
        };

    // Known but empty: null. Unknown: absent. Id and times: always there.
    private SortedDictionary<string, string?> Values(
        CrmRecord record,
        IReadOnlyList<string> requested,
        Func<string, string?> value
    )
    {
        var type = record.Type;
        var names = (requested.Count == 0 ? type.DefaultProperties : requested)
            .Where(name => account.Schema.Find(type, name) is not null)
            .Concat(["hs_object_id", type.CreatedProperty, type.ModifiedProperty]);
        return Sorted(names, value);
    }

    private static SortedDictionary<string, string?> Sorted(IEnumerable<string> names, Func<string, string?> value)
    {
        var values = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var name in names)
            values[name] = value(name);
        return values;
    }

    private Dictionary<string, IReadOnlyList<HistoryView>> Histories(CrmRecord record, IReadOnlyList<string> names) =>
        names
            .Where(name => account.Schema.Find(record.Type, name) is not null)
            .ToDictionary(
                name => name,
                IReadOnlyList<HistoryView> (name) =>
                    [
                        .. record
                            .History(name)
                            .Select(version => new HistoryView(
                                version.Value,
                                HubSpotTime.Format(version.At),
                                version.Source.Kind,
                                version.Source.SourceId,
                                version.Source.UserId
                            )),
                    ]
            );

    private Dictionary<string, Page<AssociatedId>>? Associations(CrmRecord record, IReadOnlyList<ObjectType> types)
    {
        var pages = new Dictionary<string, Page<AssociatedId>>(StringComparer.Ordinal);
        foreach (var type in types)
        {
            var links = account.Associations.Of(record, type).Take(ShownAssociations + 1).ToList();
            if (links.Count == 0)
                continue;

            var direction = $"{record.Type.Singular}_to_{type.Singular}";
            pages[type.Plural] = new Page<AssociatedId>(
                [.. links.Take(ShownAssociations).Select(link => new AssociatedId(link.To.IdText, direction))],
                links.Count > ShownAssociations
                    ? Paging.After(links[ShownAssociations].To.Id.ToString(CultureInfo.InvariantCulture))
                    : null
            );
        }

        return pages.Count == 0 ? null : pages;
    }
}
