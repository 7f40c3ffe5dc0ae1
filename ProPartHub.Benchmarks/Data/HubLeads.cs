using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Benchmarks.Data;

/// <summary>Made-up leads of the agents that a hub has already, in its stages.</summary>
internal static class HubLeads
{
    public static async Task<IEnumerable<Lead>> MakeAsync(
        ScratchHub hub,
        int count,
        CancellationToken cancellationToken
    )
    {
        await using var db = await hub.OpenAsync(cancellationToken);
        var agents = await db.Users.Where(user => user.Role == Role.Agent).ToListAsync(cancellationToken);
        var stages = await hub.Get<StageDirectory>().AllAsync(cancellationToken);
        return LeadSpread.Make(count, agents, stages, DateTimeOffset.UtcNow);
    }
}
