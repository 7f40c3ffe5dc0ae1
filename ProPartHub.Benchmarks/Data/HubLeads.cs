using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Benchmarks.Data;

/// <summary>Made-up leads of the agents that a hub has already, in its stages.</summary>
internal static class HubLeads
{
    /// <summary>As many as pages are opened with.</summary>
    public const int BehindPages = 2_000;

    /// <summary>Stores some of them.</summary>
    public static async Task SeedAsync(ScratchHub hub, int count, CancellationToken cancellationToken)
    {
        var leads = await MakeAsync(hub, count, cancellationToken);
        await LeadCopy.WriteAsync(hub, leads, cancellationToken);
        await hub.ExecuteAsync("VACUUM ANALYZE leads", cancellationToken);
    }

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
