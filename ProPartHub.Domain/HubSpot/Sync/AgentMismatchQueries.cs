using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Reads where a lead's agent is not whom HubSpot names, as HubSpot was last read. What is on its way to HubSpot does not
/// count. All of it is for admins.
/// </summary>
public sealed class AgentMismatchQueries(HubDatabase database)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 20;

    /// <summary>The ways in which agents differ, those with most leads first; three commands.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="page">Which page, from 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<NumberedPage<AgentMismatch>> PageAsync(Actor actor, int page, CancellationToken cancellationToken)
    {
        SyncAdmin.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var comparison = await AgentComparison.LoadAsync(db, cancellationToken);
        var found = Differing(comparison, await DealAgents.GroupsAsync(db, cancellationToken))
            .Select(way => Describe(comparison, way))
            .OrderByDescending(way => way.Leads)
            .ThenBy(way => way.TheirName, StringComparer.Ordinal)
            .ThenBy(way => way.OurName, StringComparer.Ordinal)
            .ThenBy(way => way.Key.ToString(), StringComparer.Ordinal)
            .ToList();
        return found.Page(page, PageSize);
    }

    /// <summary>The leads that differ in one way, the newest first; none when they agree by now.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="key">The way.</param>
    /// <param name="page">Which page, from 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<NumberedPage<MismatchedLead>> LeadsAsync(
        Actor actor,
        AgentMismatchKey key,
        int page,
        CancellationToken cancellationToken
    )
    {
        SyncAdmin.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var comparison = await AgentComparison.LoadAsync(db, cancellationToken);
        var groups = Of(comparison, await DealAgents.GroupsAsync(db, cancellationToken), key);
        var ids = DealAgents.LeadIds(db, groups, key.Ours);
        return await db
            .Leads.Where(lead => ids.Contains(lead.Id))
            .OrderByDescending(lead => lead.Number)
            .Select(lead => new MismatchedLead(lead.Id, lead.Number, lead.ClientName, lead.ArchivedAt != null))
            .PageAsync(page, PageSize, cancellationToken);
    }

    /// <summary>The groups of one way.</summary>
    internal static List<DealAgentGroup> Of(
        AgentComparison comparison,
        IEnumerable<DealAgentGroup> groups,
        AgentMismatchKey key
    ) => [.. Differing(comparison, groups).Where(way => way.Key == key).SelectMany(way => way)];

    /// <summary>Groups by the way in which agents differ, without those that agree or are about to.</summary>
    internal static IEnumerable<IGrouping<AgentMismatchKey, DealAgentGroup>> Differing(
        AgentComparison comparison,
        IEnumerable<DealAgentGroup> groups
    ) =>
        from deals in groups
        where !deals.IsOnItsWay
        let key = comparison.KeyOf(deals.Values(), deals.AgentId)
        where key is not null
        group deals by key;

    private static AgentMismatch Describe(AgentComparison comparison, IGrouping<AgentMismatchKey, DealAgentGroup> way)
    {
        var key = way.Key;
        return new AgentMismatch(
            key,
            key switch
            {
                { Theirs: { } person } => comparison.Directory.Find(person)?.DisplayName,
                { UnknownOwner: { } owner } => comparison.Directory.OwnerName(owner) ?? owner,
                // The spelling that most deals have.
                { UnknownName: not null } => AgentComparison.NameOf(way.MaxBy(deals => deals.Leads)!.Values()),
                _ => null,
            },
            key.Ours is { } agent ? comparison.Directory.Find(agent)?.DisplayName : null,
            way.Sum(deals => deals.Leads),
            way.Where(deals => comparison.CanTell(deals.Values(), key.Ours)).Sum(deals => deals.Leads)
        );
    }
}
