using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Compares a lead's agent with whom HubSpot names, by the very rule by which leads find their agents.</summary>
internal sealed class AgentComparison
{
    private static readonly IReadOnlySet<PropertyRef> NoneChanged = new HashSet<PropertyRef>();
    private readonly AgentField _rule;

    /// <summary>Takes all people, and HubSpot's owners by id.</summary>
    public AgentComparison(IReadOnlyList<HubUser> people, IReadOnlyDictionary<string, string> ownerNames)
    {
        Directory = new AgentDirectory(people, ownerNames);
        _rule = Rule([AgentField.Owner, .. AgentField.NameProperties]);
    }

    /// <summary>Who is who.</summary>
    public AgentDirectory Directory { get; }

    /// <summary>Reads people and owners; two commands.</summary>
    public static async Task<AgentComparison> LoadAsync(HubDbContext db, CancellationToken cancellationToken) =>
        new(
            await db.Users.AsNoTracking().ToListAsync(cancellationToken),
            await db.HubSpotOwners.ToDictionaryAsync(owner => owner.Id, owner => owner.Name, cancellationToken)
        );

    /// <summary>Whom the deal names; null for nobody or somebody who is nobody here.</summary>
    public Guid? Theirs(RecordPair deal) => Theirs(_rule, deal);

    /// <summary>How the two sides differ; null where they agree or neither knows an agent.</summary>
    public AgentMismatchKey? KeyOf(RecordPair deal, Guid? ours)
    {
        var theirs = Theirs(deal);
        if (theirs == ours)
        {
            return null;
        }

        var owner = theirs is null ? deal[AgentField.Owner] : null;
        var name = theirs is null && owner is null ? NameOf(deal) : null;
        return new AgentMismatchKey(theirs, owner, name is null ? null : AgentDirectory.Key(name), ours);
    }

    /// <summary>
    /// Whether HubSpot can be told: an agent who is no owner cannot be named in an account without name properties.
    /// </summary>
    public bool CanTell(RecordPair deal, Guid? ours)
    {
        var properties = AgentField.NameProperties.Where(property => deal.Deal.ContainsKey(property.Name));
        var rule = Rule([AgentField.Owner, .. properties]);
        var told = new Dictionary<string, string?>(deal.Deal);
        foreach (var (property, value) in rule.Write(ours?.ToString(), null, deal))
        {
            told[property.Name] = value;
        }

        return Theirs(rule, deal with { Deal = told }) == ours;
    }

    /// <summary>The name that a deal without an owner has for its agent.</summary>
    public static string? NameOf(RecordPair deal) =>
        AgentField.NameProperties.Select(property => deal[property]).FirstOrDefault(name => name is not null);

    private AgentField Rule(IReadOnlyList<PropertyRef> properties) => new(properties, Directory);

    private static Guid? Theirs(AgentField rule, RecordPair deal) =>
        Guid.TryParse(rule.Theirs(deal, NoneChanged, null), out var id) ? id : null;
}
