using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Catalogue.Prices;

/// <summary>A change of a price as it is shown.</summary>
/// <param name="Change">What was changed.</param>
/// <param name="ActorName">Who did it; null for the hub itself and for accounts that are gone.</param>
public sealed record PriceChangeView(PriceChange Change, string? ActorName)
{
    /// <summary>By how many percent the (lowest) price changed; null where there was none before or after, or the same.</summary>
    public decimal? Percent =>
        Change is { Before: { } before, After: { } after } && before != after
            ? decimal.Round((after - before) / before * 100, 1)
            : null;
}

/// <summary>Reads what became of prices, which everybody who is signed in sees.</summary>
public sealed class PriceHistory(HubDatabase database)
{
    /// <summary>So many changes are shown, the last ones.</summary>
    public const int Most = 200;

    /// <summary>The last changes of a development's prices, the newest first; one command.</summary>
    public async Task<IReadOnlyList<PriceChangeView>> OfAsync(Guid developmentId, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await db
            .PriceChanges.Where(row => row.DevelopmentId == developmentId)
            .OrderByDescending(row => row.ChangedAt)
            .ThenByDescending(row => row.Id)
            .Take(Most)
            .Select(row => new PriceChangeView(
                row,
                db.Users.Where(user => user.Id == row.ActorId).Select(user => user.DisplayName).FirstOrDefault()
            ))
            .ToListAsync(cancellationToken);
    }
}
