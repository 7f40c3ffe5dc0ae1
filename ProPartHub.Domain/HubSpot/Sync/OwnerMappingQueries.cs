using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Which of HubSpot's owners and the hub's people are listed.</summary>
public enum OwnerFilter
{
    /// <summary>All.</summary>
    All,

    /// <summary>Owners who are people here.</summary>
    Matched,

    /// <summary>Owners, not archived, who are nobody here.</summary>
    OnlyHubSpot,

    /// <summary>People with an open account who are no owners.</summary>
    OnlyHere,
}

/// <summary>An owner, a person, or one who is both.</summary>
/// <param name="OwnerId">HubSpot's owner id; null for somebody who is no owner.</param>
/// <param name="OwnerName">Name in HubSpot.</param>
/// <param name="OwnerEmail">Mail address in HubSpot.</param>
/// <param name="IsArchived">HubSpot archived the owner.</param>
/// <param name="UserId">The person here; null for nobody.</param>
/// <param name="UserName">The person's name.</param>
/// <param name="UserEmail">The person's mail address.</param>
/// <param name="IsActive">The person's account is open.</param>
/// <param name="Aliases">Other names under which HubSpot knows the person.</param>
public sealed record OwnerRow(
    string? OwnerId,
    string? OwnerName,
    string? OwnerEmail,
    bool IsArchived,
    Guid? UserId,
    string? UserName,
    string? UserEmail,
    bool IsActive,
    string[] Aliases
);

/// <summary>How many owners and people stand how, and what follows from it.</summary>
/// <param name="Matched">Owners who are people here.</param>
/// <param name="OnlyHubSpot">Owners, not archived, who are nobody here.</param>
/// <param name="OnlyHere">People with an open account who are no owners.</param>
/// <param name="Pool">Leads without an agent, not archived.</param>
/// <param name="UnknownNames">Names for agents on deals that are nobody's here.</param>
/// <param name="Mismatched">Leads with another agent here than in HubSpot.</param>
public sealed record OwnerCounts(
    int Matched,
    int OnlyHubSpot,
    int OnlyHere,
    int Pool,
    int UnknownNames,
    int Mismatched
);

/// <summary>Reads HubSpot's owners beside the hub's people. All of it is for admins.</summary>
public sealed class OwnerMappingQueries(HubDatabase database)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 20;

    private const string Collation = "uk-x-icu";

    /// <summary>How many there are of each kind; seven commands, whatever the number of leads.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<OwnerCounts> CountsAsync(Actor actor, CancellationToken cancellationToken)
    {
        SyncAdmin.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var comparison = await AgentComparison.LoadAsync(db, cancellationToken);
        var groups = await DealAgents.GroupsAsync(db, cancellationToken);
        return new OwnerCounts(
            await Of(Rows(db), OwnerFilter.Matched).CountAsync(cancellationToken),
            await Of(Rows(db), OwnerFilter.OnlyHubSpot).CountAsync(cancellationToken),
            await Of(Rows(db), OwnerFilter.OnlyHere).CountAsync(cancellationToken),
            await db.Leads.CountAsync(lead => lead.AgentId == null && lead.ArchivedAt == null, cancellationToken),
            AgentNameQueries.Unknown(comparison.Directory, groups).Count(),
            AgentMismatchQueries.Differing(comparison, groups).Sum(way => way.Sum(deals => deals.Leads))
        );
    }

    /// <summary>
    /// One page: owners who are nobody here first, then people who are no owners, then the matched, archived owners last;
    /// two commands.
    /// </summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="filter">Which of them.</param>
    /// <param name="search">Part of a name or mail address on either side, or of an alias; null for all.</param>
    /// <param name="page">Which page, from 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<NumberedPage<OwnerRow>> PageAsync(
        Actor actor,
        OwnerFilter filter,
        string? search,
        int page,
        CancellationToken cancellationToken
    )
    {
        SyncAdmin.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        return await Search(Of(Rows(db), filter), search)
            .OrderBy(row => row.IsArchived)
            .ThenBy(row => row.OwnerId != null && row.UserId != null)
            .ThenBy(row => row.OwnerId == null)
            .ThenBy(row => EF.Functions.Collate(row.OwnerName ?? row.UserName!, Collation))
            .ThenBy(row => row.OwnerId)
            .ThenBy(row => row.UserId)
            .PageAsync(page, PageSize, cancellationToken);
    }

    // Switched-off people without an owner need none.
    private static IQueryable<OwnerRow> Rows(HubDbContext db) =>
        db
            .Database.SqlQuery<OwnerRow>(
                $"""
                SELECT owner.id AS owner_id, owner.name AS owner_name, owner.email AS owner_email,
                       coalesce(owner.is_archived, false) AS is_archived,
                       person.id AS user_id, person.display_name AS user_name, person.email AS user_email,
                       coalesce(person.is_active, false) AS is_active,
                       coalesce(person.aliases, ARRAY[]::text[]) AS aliases
                FROM hubspot_owners owner
                FULL JOIN users person ON person.hub_spot_owner_id = owner.id
                """
            )
            .Where(row => row.OwnerId != null || row.IsActive);

    private static IQueryable<OwnerRow> Of(IQueryable<OwnerRow> rows, OwnerFilter filter) =>
        filter switch
        {
            OwnerFilter.Matched => rows.Where(row => row.OwnerId != null && row.UserId != null),
            OwnerFilter.OnlyHubSpot => rows.Where(row => row.UserId == null && !row.IsArchived),
            OwnerFilter.OnlyHere => rows.Where(row => row.OwnerId == null),
            _ => rows,
        };

    private static IQueryable<OwnerRow> Search(IQueryable<OwnerRow> rows, string? search)
    {
        if (string.IsNullOrWhiteSpace(search))
        {
            return rows;
        }

        var pattern = LikePattern.Containing(AccountName.Clean(search));
        return rows.Where(row =>
            EF.Functions.ILike(EF.Functions.Collate(row.OwnerName!, Collation), pattern, LikePattern.Escape)
            || EF.Functions.ILike(row.OwnerEmail!, pattern, LikePattern.Escape)
            || EF.Functions.ILike(EF.Functions.Collate(row.UserName!, Collation), pattern, LikePattern.Escape)
            || EF.Functions.ILike(row.UserEmail!, pattern, LikePattern.Escape)
            || row.Aliases.Any(name =>
                EF.Functions.ILike(EF.Functions.Collate(name, Collation), pattern, LikePattern.Escape)
            )
        );
    }
}
