using ProPartHub.HubSpotSandbox.Objects;

namespace ProPartHub.HubSpotSandbox.Associations;

/// <summary>
/// Which records are linked, kept from both ends. Every link has its unlabelled type; labels come on top of it.
/// </summary>
internal sealed class AssociationStore
{
    private readonly Dictionary<
        (CrmRecord From, ObjectType To),
        Dictionary<CrmRecord, HashSet<AssociationType>>
    > _links = [];

    /// <summary>Links to live records, by ascending id.</summary>
    public IEnumerable<Link> Of(CrmRecord from, ObjectType to) =>
        _links.TryGetValue((from, to), out var links)
            ? links
                .Where(link => !link.Key.Archived)
                .OrderBy(link => link.Key.Id)
                .Select(link => new Link(link.Key, link.Value))
            : [];

    /// <summary>Every link once, from the end whose type and id come first; links to archived records too.</summary>
    public IEnumerable<(CrmRecord From, CrmRecord To, IReadOnlyCollection<AssociationType> Types)> All() =>
        _links.SelectMany(links =>
            links
                .Value.Where(link => IsFirst(links.Key.From, link.Key))
                .Select(link => (links.Key.From, link.Key, (IReadOnlyCollection<AssociationType>)link.Value))
        );

    private static bool IsFirst(CrmRecord one, CrmRecord other) =>
        (string.CompareOrdinal(one.Type.TypeId, other.Type.TypeId), one.Id.CompareTo(other.Id))
            is
                (< 0, _)
                or
                (0, <= 0);

    public bool AreLinked(CrmRecord from, CrmRecord to) =>
        _links.TryGetValue((from, to.Type), out var links) && links.ContainsKey(to);

    /// <summary>Links both ways. On a link that is there the labels are replaced by the given ones.</summary>
    /// <returns>Whether the link is new.</returns>
    public bool Link(CrmRecord from, CrmRecord to, IReadOnlyCollection<AssociationType> types)
    {
        var isNew = !AreLinked(from, to);
        Put(from, to, types);
        Put(to, from, [.. types.Select(type => type.Inverse)]);
        return isNew;
    }

    public bool Unlink(CrmRecord from, CrmRecord to) => Take(from, to) & Take(to, from);

    public void RemoveAll(CrmRecord record)
    {
        foreach (var link in AllOf(record))
            Unlink(record, link.To);
    }

    /// <summary>Gives all links of one record to another, keeping those the other has.</summary>
    public void MoveAll(CrmRecord from, CrmRecord to)
    {
        foreach (var link in AllOf(from))
        {
            Unlink(from, link.To);
            if (link.To != to && !AreLinked(to, link.To))
                Link(to, link.To, [.. link.Types]);
        }
    }

    private List<Link> AllOf(CrmRecord record) =>
        [
            .. ObjectType
                .All.Where(type => _links.ContainsKey((record, type)))
                .SelectMany(type => _links[(record, type)])
                .Select(link => new Link(link.Key, link.Value)),
        ];

    private void Put(CrmRecord from, CrmRecord to, IReadOnlyCollection<AssociationType> types)
    {
        var key = (from, to.Type);
        if (!_links.TryGetValue(key, out var links))
            _links[key] = links = [];
        links[to] = [AssociationType.Default(from.Type, to.Type), .. types];
    }

    private bool Take(CrmRecord from, CrmRecord to) =>
        _links.TryGetValue((from, to.Type), out var links) && links.Remove(to);
}

internal sealed record Link(CrmRecord To, IReadOnlyCollection<AssociationType> Types);
