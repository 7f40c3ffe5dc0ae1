using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Web.Components.Boards;

/// <summary>Names of those whose changes an open board has been told of; each is asked for once.</summary>
internal sealed class ChangeNames(PeopleQueries people)
{
    private const int Most = 500;
    private readonly Dictionary<Guid, string> _names = [];

    /// <summary>Names that are kept.</summary>
    public int Count => _names.Count;

    /// <summary>Asks for the names that are not known yet, in one command.</summary>
    public async Task LearnAsync(IReadOnlyList<LeadChange> changes, CancellationToken cancellationToken)
    {
        if (_names.Count > Most)
        {
            _names.Clear();
        }

        var unknown = changes.SelectMany(change => change.ActorIds).Where(id => !_names.ContainsKey(id)).ToHashSet();
        foreach (var (id, name) in await people.NamesAsync(unknown, cancellationToken))
        {
            _names[id] = name;
        }
    }

    /// <summary>Who did it, in one line; null where that is not known or was only the person left out.</summary>
    /// <param name="change">What was done.</param>
    /// <param name="leftOut">A person who is not named, such as the reader.</param>
    public string? Of(LeadChange change, Guid? leftOut)
    {
        List<string> names =
        [
            .. change.ActorIds.Where(id => id != leftOut).Select(id => _names.GetValueOrDefault(id)).OfType<string>(),
        ];
        if (change.Origins.Contains(ChangeOrigin.HubSpot))
        {
            names.Add(LeadRecorder.HubSpot);
        }

        return names.Count == 0 ? null : string.Join(", ", names);
    }
}
