namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>The limiter at one moment, for people to look at. Times are UTC.</summary>
/// <param name="Buckets">One entry for each bucket, in the order of <see cref="HubSpotBucket"/>.</param>
/// <param name="DailyLimit">Calls the account may make in a day, once an answer has told.</param>
/// <param name="DailyRemaining">Calls left of the account's day, once an answer has told.</param>
/// <param name="Closed">Why nothing at all is sent and until when; null in ordinary times.</param>
/// <param name="BackfillHeldUntil">Until when backfill waits; null if it does not.</param>
public sealed record HubSpotLimiterSnapshot(
    IReadOnlyList<HubSpotBucketSnapshot> Buckets,
    int? DailyLimit,
    int? DailyRemaining,
    HubSpotClosure? Closed,
    DateTimeOffset? BackfillHeldUntil
);

/// <summary>One bucket at one moment.</summary>
/// <param name="Bucket">Which.</param>
/// <param name="Used">Places taken in the window that ends now.</param>
/// <param name="Limit">Places there may be in it now: the setting, or less where HubSpot asks for less.</param>
/// <param name="PausedUntil">Until when nothing is sent (UTC); null if not paused.</param>
/// <param name="Waiting">How many calls wait, for each priority.</param>
public sealed record HubSpotBucketSnapshot(
    HubSpotBucket Bucket,
    int Used,
    int Limit,
    DateTimeOffset? PausedUntil,
    IReadOnlyDictionary<HubSpotPriority, int> Waiting
);

/// <summary>HubSpot answers nothing for longer than is worth waiting in line.</summary>
/// <param name="Limit">The used-up day, or an account on the move.</param>
/// <param name="Until">When to try again (UTC).</param>
public sealed record HubSpotClosure(HubSpotLimit Limit, DateTimeOffset Until);
