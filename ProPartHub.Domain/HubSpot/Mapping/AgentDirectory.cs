using ProPartHub.Domain.People;

namespace ProPartHub.Domain.HubSpot.Mapping;

/// <summary>Who is who: portal users by HubSpot's owner id and by the names under which HubSpot knows them.</summary>
internal sealed class AgentDirectory
{
    private readonly Dictionary<Guid, HubUser> _byId;
    private readonly Dictionary<string, HubUser> _byOwner;
    private readonly ILookup<string, HubUser> _byName;
    private readonly Dictionary<string, string> _ownerNames;

    /// <summary>Takes all people (also switched-off ones: their deals stay theirs) and HubSpot's owners by id.</summary>
    public AgentDirectory(IReadOnlyList<HubUser> people, IReadOnlyDictionary<string, string> ownerNames)
    {
        _byId = people.ToDictionary(user => user.Id);
        _byOwner = people.Where(user => user.HubSpotOwnerId is not null).ToDictionary(user => user.HubSpotOwnerId!);
        _byName = people
            .SelectMany(user => NamesOf(user).Distinct().Select(name => (Name: name, User: user)))
            .ToLookup(entry => entry.Name, entry => entry.User);
        _ownerNames = new(ownerNames);
    }

    /// <summary>The user, if there is one of this id.</summary>
    public HubUser? Find(Guid id) => _byId.GetValueOrDefault(id);

    /// <summary>The user linked to the owner.</summary>
    public HubUser? ByOwner(string? ownerId) => ownerId is null ? null : _byOwner.GetValueOrDefault(ownerId);

    /// <summary>
    /// The one user of this user name, display name or alias, whatever the case. Nobody where two share it: a guess would
    /// hand a client to the wrong agent.
    /// </summary>
    public HubUser? ByName(string? name) =>
        name is not null && _byName[Key(name)].Take(2).ToArray() is [var only] ? only : null;

    /// <summary>True when two or more people have the name: HubSpot cannot mean one of them by it.</summary>
    public bool IsShared(string name) => _byName[Key(name)].Skip(1).Any();

    /// <summary>The owner's name in HubSpot.</summary>
    public string? OwnerName(string? ownerId) => ownerId is null ? null : _ownerNames.GetValueOrDefault(ownerId);

    /// <summary>Every name by which the user is found, in the form in which names are compared.</summary>
    public static IEnumerable<string> NamesOf(HubUser user) =>
        user
            .Aliases.Append(user.UserName)
            .Append(user.DisplayName)
            .Append(user.Email)
            .Where(name => !string.IsNullOrWhiteSpace(name))
            .Select(name => Key(name!));

    /// <summary>The form in which names are compared: without outer blanks, whatever the case.</summary>
    public static string Key(string name) => name.Trim().ToUpperInvariant();
}
