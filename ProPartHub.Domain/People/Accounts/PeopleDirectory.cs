using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>What of the people shall be listed.</summary>
/// <param name="Search">Part of a name, user name or mail address.</param>
/// <param name="Role">Only this role.</param>
/// <param name="Page">Which page, from 1.</param>
public sealed record PeopleQuery(string? Search = null, Role? Role = null, int Page = 1);

/// <summary>A person with an account, as the list of people shows one. Times are UTC.</summary>
/// <param name="Id">The account.</param>
/// <param name="UserName">Name to log in by.</param>
/// <param name="DisplayName">Name shown to colleagues.</param>
/// <param name="Email">Mail address.</param>
/// <param name="Role">Role.</param>
/// <param name="TeamId">Team worked in or led.</param>
/// <param name="TeamName">Name of that team.</param>
/// <param name="IsActive">False when the account is switched off.</param>
/// <param name="IsDemo">Made-up person of a development database; has no password by design.</param>
/// <param name="HasPassword">False until the one-time link was used.</param>
/// <param name="LockedUntil">Until when nobody can log in; null or past when not locked.</param>
/// <param name="LastLoginAt">Last successful log-in.</param>
/// <param name="Leads">Leads of the person that are not archived.</param>
/// <param name="HubSpotOwnerId">HubSpot owner linked to the person.</param>
/// <param name="IsVerified">False for an agent who registered and waits for verification.</param>
public sealed record PersonRow(
    Guid Id,
    string UserName,
    string DisplayName,
    string Email,
    Role Role,
    Guid? TeamId,
    string? TeamName,
    bool IsActive,
    bool IsDemo,
    bool HasPassword,
    DateTimeOffset? LockedUntil,
    DateTimeOffset? LastLoginAt,
    int Leads,
    string? HubSpotOwnerId,
    bool IsVerified
);

/// <summary>A person found by a few signs.</summary>
/// <param name="Id">The account.</param>
/// <param name="UserName">Name to log in by.</param>
/// <param name="DisplayName">Name shown to colleagues.</param>
/// <param name="Email">Mail address.</param>
/// <param name="Role">Role.</param>
/// <param name="TeamName">Name of the team worked in or led.</param>
/// <param name="IsActive">False when the account is switched off.</param>
public sealed record PersonFound(
    Guid Id,
    string UserName,
    string DisplayName,
    string Email,
    Role Role,
    string? TeamName,
    bool IsActive
);

/// <summary>A team to choose, with those who lead it.</summary>
public sealed record TeamItem(Guid Id, string Name, IReadOnlyList<string> Managers);

/// <summary>Reads people: an admin everybody, a manager the own team.</summary>
public sealed partial class PeopleDirectory(HubDatabase database)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 25;

    /// <summary>One page by name; two commands.</summary>
    /// <exception cref="ForbiddenException">The actor is an agent.</exception>
    public async Task<NumberedPage<PersonRow>> PageAsync(
        Actor actor,
        PeopleQuery query,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var people = VisibleTo(db, actor);
        if (query.Role is { } role)
        {
            people = people.Where(user => user.Role == role);
        }

        if (!string.IsNullOrWhiteSpace(query.Search))
        {
            people = Named(people, AccountName.Clean(query.Search));
        }

        return await Rows(db, people.OrderBy(user => user.DisplayName).ThenBy(user => user.Id))
            .PageAsync(query.Page, PageSize, cancellationToken);
    }

    /// <summary>One person; one command.</summary>
    /// <exception cref="ForbiddenException">The actor is an agent.</exception>
    /// <exception cref="NotFoundException">There is no such person for the actor.</exception>
    public async Task<PersonRow> PersonAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await Rows(db, VisibleTo(db, actor).Where(user => user.Id == id)).SingleOrDefaultAsync(cancellationToken)
            ?? throw (
                await db.Users.AnyAsync(user => user.Id == id, cancellationToken)
                    ? NotFoundException.Hidden(actor, "Person", GuardedAct.ReachPerson, id)
                    : new NotFoundException("Person")
            );
    }

    /// <summary>All teams by name with their managers, for the choice of a team; one command.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<IReadOnlyList<TeamItem>> TeamsAsync(Actor actor, CancellationToken cancellationToken)
    {
        PeopleRights.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        return await db
            .Teams.OrderBy(team => EF.Functions.Collate(team.Name, "uk-x-icu"))
            .ThenBy(team => team.Id)
            .Select(team => new TeamItem(
                team.Id,
                team.Name,
                team.Members.Where(user => user.Role == Role.Manager && user.IsActive)
                    .OrderBy(user => user.DisplayName)
                    .Select(user => user.DisplayName)
                    .ToList()
            ))
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<HubUser> Named(IQueryable<HubUser> people, string text)
    {
        var pattern = LikePattern.Containing(text);
        return people.Where(user =>
            EF.Functions.ILike(user.DisplayName, pattern, LikePattern.Escape)
            || EF.Functions.ILike(user.UserName!, pattern, LikePattern.Escape)
            || EF.Functions.ILike(user.Email!, pattern, LikePattern.Escape)
        );
    }

    private static IQueryable<HubUser> VisibleTo(HubDbContext db, Actor actor) =>
        actor.Role switch
        {
            Role.Admin => db.Users,
            Role.Manager => db.Users.Where(user =>
                user.Id == actor.UserId || (actor.TeamId != null && user.TeamId == actor.TeamId)
            ),
            _ => throw ForbiddenException.For(actor, GuardedAct.ListPeople),
        };

    private static IQueryable<PersonRow> Rows(HubDbContext db, IQueryable<HubUser> people) =>
        people.Select(user => new PersonRow(
            user.Id,
            user.UserName!,
            user.DisplayName,
            user.Email!,
            user.Role,
            user.TeamId,
            user.Team!.Name,
            user.IsActive,
            user.IsDemo,
            user.PasswordHash != null,
            user.LockoutEnd,
            user.LastLoginAt,
            db.Leads.Count(lead => lead.AgentId == user.Id && lead.ArchivedAt == null),
            user.HubSpotOwnerId,
            user.IsVerified
        ));
}
