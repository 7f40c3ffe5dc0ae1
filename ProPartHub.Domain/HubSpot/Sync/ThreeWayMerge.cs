namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Who wins when both sides changed one field to different values.</summary>
internal enum MergePolicy
{
    /// <summary>HubSpot's value; ours is kept as a conflict.</summary>
    HubSpotWins,

    /// <summary>Ours; HubSpot's is kept as a conflict.</summary>
    PortalWins,
}

/// <summary>The value both sides last agreed on, if they ever did.</summary>
/// <param name="Exists">False before the first exchange.</param>
/// <param name="Value">The value, null when empty.</param>
internal readonly record struct MergeBase(bool Exists, string? Value)
{
    public static MergeBase None => default;

    public static MergeBase Of(string? value) => new(true, value);
}

/// <summary>What comes of one field.</summary>
/// <param name="Value">The value to stand here.</param>
/// <param name="Pushes">True when HubSpot has yet to be told of it.</param>
/// <param name="IsConflict">True when a value lost that somebody had set: it is kept for people to see.</param>
internal readonly record struct MergeOutcome(string? Value, bool Pushes, bool IsConflict);

/// <summary>
/// Merges one field. Changed on one side: that side wins. Changed on both to the same: agreed. Changed on both: the
/// policy decides. Without a base blanks are filled, and two different values count as changed on both sides.
/// </summary>
internal static class ThreeWayMerge
{
    /// <summary>Merges; all values in one normal form, null for empty.</summary>
    public static MergeOutcome Merge(MergeBase agreed, string? ours, string? theirs, MergePolicy policy)
    {
        if (ours == theirs)
        {
            return new(ours, Pushes: false, IsConflict: false);
        }

        var oursChanged = agreed.Exists ? ours != agreed.Value : ours is not null;
        var theirsChanged = agreed.Exists ? theirs != agreed.Value : theirs is not null;
        return (oursChanged, theirsChanged) switch
        {
            (true, false) => new(ours, Pushes: true, IsConflict: false),
            (false, true) => new(theirs, Pushes: false, IsConflict: false),
            _ when policy is MergePolicy.HubSpotWins => new(theirs, Pushes: false, IsConflict: true),
            _ => new(ours, Pushes: true, IsConflict: true),
        };
    }
}
