using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>The team that a person is put into: one that exists, one made for the purpose, or none for admins.</summary>
internal static class TeamChoice
{
    /// <summary>Finds the team or makes one that the caller stores; inside a transaction that took the lock of accounts.</summary>
    public static async Task<(Team? Team, ValidationFailure? Fault)> ResolveAsync(
        HubDbContext db,
        PersonInput input,
        CancellationToken cancellationToken
    )
    {
        if (input.NewTeam is { } name)
        {
            if (await db.Teams.AnyAsync(team => EF.Functions.ILike(team.Name, name), cancellationToken))
            {
                return (null, AccountFaults.At(nameof(PersonInput.NewTeam), AccountFault.TeamTaken));
            }

            return (new Team { Name = name }, null);
        }

        if (input.TeamId is not { } id)
        {
            return (null, null);
        }

        return await db.Teams.SingleOrDefaultAsync(team => team.Id == id, cancellationToken) is { } found
            ? (found, null)
            : (null, AccountFaults.At(nameof(PersonInput.TeamId), AccountFault.TeamUnknown));
    }

    /// <summary>Stores a team that was made for the purpose.</summary>
    public static void Store(HubDbContext db, PersonInput input, Team? team)
    {
        if (input.NewTeam is not null)
        {
            db.Teams.Add(team!);
        }
    }
}
