namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>A place taken in a bucket's window: the right to send one request now.</summary>
/// <param name="Bucket">The bucket it was taken from.</param>
/// <param name="TakenAt">When, on the limiter's own monotonic clock.</param>
internal readonly record struct HubSpotPlace(HubSpotBucket Bucket, TimeSpan TakenAt);
