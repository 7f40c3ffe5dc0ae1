using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Benchmarks.Data;

/// <summary>An agency of four teams and forty agents with as many leads as wanted.</summary>
internal static class AgencySeed
{
    /// <returns>The manager of the first team.</returns>
    public static async Task<Actor> WriteAsync(ScratchHub hub, int leads, CancellationToken cancellationToken)
    {
        var now = DateTimeOffset.UtcNow;
        var teams = Enumerable.Range(1, 4).Select(number => new Team { Name = $"Team {number}" }).ToList();
        var agents = Enumerable.Range(0, 40).Select(n => Person(n, Role.Agent, teams[n % 4], now)).ToList();
        var manager = Person(40, Role.Manager, teams[0], now);
        await hub.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.Teams.AddRange(teams);
                    db.Users.AddRange([.. agents, manager]);
                    return Task.CompletedTask;
                },
                cancellationToken
            );
        var stages = await hub.Get<StageDirectory>().AllAsync(cancellationToken);
        await BulkLoad.RunAsync(
            hub,
            "leads",
            () => LeadCopy.WriteAsync(hub, LeadSpread.Make(leads, agents, stages, now), cancellationToken),
            cancellationToken
        );
        return manager.ToActor(null);
    }

    private static HubUser Person(int number, Role role, Team team, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            UserName = $"person{number}",
            NormalizedUserName = $"PERSON{number}",
            DisplayName = $"Person {number}",
            Role = role,
            TeamId = team.Id,
            CreatedAt = now,
        };
}
