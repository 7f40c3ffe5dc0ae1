using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live.Presence;
using ProPartHub.Domain.People;

namespace ProPartHub.Web.Components.Presence;

/// <summary>Somebody who has a lead open, by name.</summary>
public sealed record PresentPerson(Guid UserId, string Name, PresenceActivity Activity, LeadField? Field);

/// <summary>
/// Puts names to those who have leads open. For one circuit; asks the database only for people whom it has not met, in one
/// command however many leads are shown.
/// </summary>
internal sealed class PresentPeople(PresenceRoom room, PeopleQueries people)
{
    private const int MostNames = 500;

    private readonly Dictionary<Guid, string> _names = [];

    /// <summary>Who else has the leads open; leads that nobody has open are missing.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<PresentPerson>>> OfAsync(
        Actor actor,
        IEnumerable<Guid> leadIds,
        CancellationToken cancellationToken
    )
    {
        var found = room.Of(actor, leadIds);
        if (_names.Count > MostNames)
        {
            _names.Clear();
        }

        var unknown = found
            .Values.SelectMany(marks => marks)
            .Select(mark => mark.UserId)
            .Except(_names.Keys)
            .ToHashSet();
        foreach (var (id, name) in await people.NamesAsync(unknown, cancellationToken))
        {
            _names[id] = name;
        }

        return found.ToDictionary(
            entry => entry.Key,
            entry =>
                (IReadOnlyList<PresentPerson>)
                    [
                        .. entry
                            .Value.Where(mark => _names.ContainsKey(mark.UserId))
                            .Select(mark => new PresentPerson(
                                mark.UserId,
                                _names[mark.UserId],
                                mark.Activity,
                                mark.Field
                            )),
                    ]
        );
    }
}
