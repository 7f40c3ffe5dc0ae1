using Polly.CircuitBreaker;

namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>Whether HubSpot answers, as the calls themselves have found. Times are UTC.</summary>
/// <param name="Circuit">Closed in ordinary times; open while nothing is sent; half-open while one call probes.</param>
/// <param name="FailingSince">When the present run of failures began; null while calls are answered.</param>
/// <param name="LastAnswerAt">When HubSpot last gave an answer of its own, be it a refusal; null before the first.</param>
public sealed record HubSpotHealth(CircuitState Circuit, DateTimeOffset? FailingSince, DateTimeOffset? LastAnswerAt);
