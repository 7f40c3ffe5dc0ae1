using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>A name that deals have for their agent and that is nobody's here.</summary>
/// <param name="Name">The name, as most deals spell it.</param>
/// <param name="Leads">Leads whose deals have it, archived ones too.</param>
/// <param name="IsShared">It is the name of two or more people, so that none of them is meant for certain.</param>
public sealed record UnknownAgentName(string Name, int Leads, bool IsShared);

/// <summary>Reads the names that HubSpot has for agents. All of it is for admins.</summary>
public sealed class AgentNameQueries(HubDatabase database)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 20;

    /// <summary>Names of nobody, those on most leads first; three commands, whatever the number of leads.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="page">Which page, from 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<NumberedPage<UnknownAgentName>> PageAsync(
        Actor actor,
        int page,
        CancellationToken cancellationToken
    )
    {
        SyncAdmin.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var comparison = await AgentComparison.LoadAsync(db, cancellationToken);
        var groups = await DealAgents.GroupsAsync(db, cancellationToken);
        return Unknown(comparison.Directory, groups).ToList().Page(page, PageSize);
    }

    internal static IEnumerable<UnknownAgentName> Unknown(AgentDirectory people, IEnumerable<DealAgentGroup> groups) =>
        from deals in groups
        // A deal with one name in both properties is one lead of that name.
        from name in deals.Names.DistinctBy(AgentDirectory.Key)
        where people.ByName(name) is null
        group (Name: name, deals.Leads) by AgentDirectory.Key(name) into spellings
        let leads = spellings.Sum(spelling => spelling.Leads)
        orderby leads descending, spellings.Key
        select new UnknownAgentName(
            spellings.MaxBy(spelling => spelling.Leads).Name,
            leads,
            people.IsShared(spellings.Key)
        );
}
