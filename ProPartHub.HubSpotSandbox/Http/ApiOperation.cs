using ProPartHub.HubSpotSandbox.Limits;

namespace ProPartHub.HubSpotSandbox.Http;

/// <summary>What the surrounding of a handler must know of an endpoint: its limit, and the scopes of which one suffices.</summary>
internal sealed record ApiOperation(RateBucket Bucket, Func<HttpContext, IReadOnlyList<string>> Scopes);
