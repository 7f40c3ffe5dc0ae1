using ProPartHub.Web.Components.Presence;

namespace ProPartHub.Web.Components.Boards;

/// <summary>Who has the leads of an open board open; of a card without anybody one and the same empty list.</summary>
public sealed class BoardPresence
{
    private static readonly IReadOnlyList<PresentPerson> Nobody = [];
    private Dictionary<Guid, IReadOnlyList<PresentPerson>> _present = [];

    /// <summary>Who has a card's lead open; the same list as long as that does not change.</summary>
    public IReadOnlyList<PresentPerson> Of(Guid leadId) => _present.GetValueOrDefault(leadId, Nobody);

    /// <summary>Takes what holds now, in place of all that held before.</summary>
    /// <returns>The leads for which it is different.</returns>
    internal IReadOnlyList<Guid> Take(IReadOnlyDictionary<Guid, IReadOnlyList<PresentPerson>> present)
    {
        List<Guid> changed =
        [
            .. present
                .Keys.Union(_present.Keys)
                .Where(id => !present.GetValueOrDefault(id, Nobody).SequenceEqual(Of(id))),
        ];
        _present = present.ToDictionary(
            entry => entry.Key,
            entry => changed.Contains(entry.Key) ? entry.Value : Of(entry.Key)
        );
        return changed;
    }
}
