namespace ProPartHub.Domain.Live;

/// <summary>What a subscriber handles at once: a few changed leads, or "read everything again".</summary>
/// <param name="MustRefresh">True: whatever is shown may be stale; <paramref name="Changes"/> is empty.</param>
/// <param name="Changes">One entry for each lead.</param>
public sealed record FeedBatch(bool MustRefresh, IReadOnlyList<LeadChange> Changes)
{
    /// <summary>"Read everything again".</summary>
    public static FeedBatch Refresh { get; } = new(true, []);

    /// <summary>Merges changes by lead, in the order the leads were first named.</summary>
    /// <param name="changes">The changes; null stands for <see cref="FeedMessage.RefreshAll"/>, which swallows the rest.</param>
    public static FeedBatch Of(IEnumerable<LeadChange?> changes)
    {
        var merged = new OrderedDictionary<Guid, LeadChange>();
        foreach (var change in changes)
        {
            if (change is null)
            {
                return Refresh;
            }

            merged[change.LeadId] = merged.TryGetValue(change.LeadId, out var earlier)
                ? earlier.MergedWith(change)
                : change;
        }

        return new FeedBatch(false, [.. merged.Values]);
    }
}
