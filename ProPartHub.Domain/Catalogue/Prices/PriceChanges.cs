using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Catalogue.Prices;

/// <summary>What a save changes about prices.</summary>
internal static class PriceChanges
{
    /// <summary>One row for each price or availability that is another than before.</summary>
    public static IEnumerable<PriceChange> Between(
        Guid developmentId,
        DevelopmentInput before,
        DevelopmentInput after,
        Actor actor,
        DateTimeOffset now
    )
    {
        if ((before.PriceFrom, before.PriceTo) != (after.PriceFrom, after.PriceTo))
        {
            yield return new PriceChange
            {
                DevelopmentId = developmentId,
                Before = before.PriceFrom,
                BeforeTo = before.PriceTo,
                After = after.PriceFrom,
                AfterTo = after.PriceTo,
                ActorId = actor.StoredId,
                ChangedAt = now,
            };
        }

        var earlier = before.Units.ToDictionary(unit => unit.Id);
        var later = after.Units.ToDictionary(unit => unit.Id);
        foreach (var id in later.Keys.Union(earlier.Keys))
        {
            var (old, present) = (earlier.GetValueOrDefault(id), later.GetValueOrDefault(id));
            if ((old?.Price, old?.IsAvailable) != (present?.Price, present?.IsAvailable))
            {
                yield return new PriceChange
                {
                    DevelopmentId = developmentId,
                    UnitId = id,
                    UnitType = (present ?? old)!.Type,
                    SizeFrom = (present ?? old)!.SizeFrom,
                    Before = old?.Price,
                    After = present?.Price,
                    WasAvailable = old?.IsAvailable,
                    IsAvailable = present?.IsAvailable,
                    ActorId = actor.StoredId,
                    ChangedAt = now,
                };
            }
        }
    }
}
