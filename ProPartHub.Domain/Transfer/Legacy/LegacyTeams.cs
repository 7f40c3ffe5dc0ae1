using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>
/// Brings a team for each admin who has brokers. The admin, who sees everybody, is in no team; whoever is made its manager
/// later leads it.
/// </summary>
internal sealed class LegacyTeams(LegacyRun run)
{
    private static readonly LegacyTable Table = new("user (teams of admins)", []);

    /// <summary>Makes the teams that are missing.</summary>
    /// <param name="admins">Numbers of the admins.</param>
    /// <param name="nameOf">Name of an admin.</param>
    /// <param name="teams">Receives the team of each admin.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task RunAsync(
        IReadOnlyList<long> admins,
        Func<long, string> nameOf,
        Dictionary<long, Guid> teams,
        CancellationToken cancellationToken
    )
    {
        if (admins.Count > 0)
        {
            var rows = admins.Select(id => new LegacyRow(id, new Dictionary<string, string?>())).ToList();
            await run.BatchAsync(Table, LegacyKind.Team, rows, WorkAsync, cancellationToken);
        }

        foreach (var (admin, team) in run.Book.All(LegacyKind.Team))
        {
            teams[admin] = team;
        }

        async Task WorkAsync(LegacyBatch batch, CancellationToken token)
        {
            var taken = await batch.Db.Teams.Select(team => team.Name).ToHashSetAsync(token);
            foreach (var row in batch.Rows)
            {
                var name = LegacyText.Cut(LegacyText.Team(nameOf(row.Id)), Team.NameLength - 12);
                if (!taken.Add(name))
                {
                    name = $"{name} ({row.Id})";
                    taken.Add(name);
                }

                var team = new Team { Id = Guid.CreateVersion7(run.Now), Name = name };
                batch.Db.Teams.Add(team);
                batch.Bring(row, team.Id, []);
            }
        }
    }
}
