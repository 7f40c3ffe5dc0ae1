using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;

namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>
/// HubSpot's CRM API, typed. Every call names who waits for it (<see cref="HubSpotPriority"/>), goes through the one
/// limiter and is repeated where that is safe.
/// </summary>
/// <remarks>
/// <para>Every method throws a <see cref="HubSpotException"/> of the kind that tells what to do next:
/// <see cref="HubSpotUnauthorizedException"/>, <see cref="HubSpotMissingScopesException"/>,
/// <see cref="HubSpotValidationException"/>, <see cref="HubSpotRateLimitedException"/>,
/// <see cref="HubSpotServerException"/>, <see cref="HubSpotTransportException"/>,
/// <see cref="HubSpotCircuitOpenException"/>; those that write one record also
/// <see cref="HubSpotNotFoundException"/> and <see cref="HubSpotConflictException"/>.</para>
/// <para>Creating calls are not idempotent. Where no clear answer came they throw
/// <see cref="HubSpotWriteOutcomeUnknownException"/> and were sent once only; the same holds, without that exception,
/// when the caller cancels.</para>
/// <para>Batches are the caller's to cut: at most <see cref="BatchSize"/> records, so that one call has one outcome.</para>
/// <para>No personal data stands in an address, since addresses end up in logs and traces.</para>
/// </remarks>
public sealed partial class HubSpotClient
{
    /// <summary>Most records in one batch and on one list page.</summary>
    public const int BatchSize = 100;

    /// <summary>Most records on one search page.</summary>
    public const int SearchPageSize = 200;

    /// <summary>Most records in one associations read.</summary>
    public const int AssociationsReadSize = 1000;

    /// <summary>Most pairs in one associate call.</summary>
    public const int AssociateSize = 2000;

    // Airbyte's figure for what HubSpot still takes before it answers 414.
    private const int LongestPath = 15_000;

    private readonly HttpClient _http;
    private readonly HubSpotResilience _resilience;
    private readonly HubSpotLimiter _limiter;
    private readonly IOptionsMonitor<HubSpotOptions> _options;
    private readonly TimeProvider _time;
    private readonly HubSpotPaths _paths;

    /// <summary>Made by <see cref="HubSpotApiServiceCollectionExtensions.AddHubSpotApi"/>.</summary>
    public HubSpotClient(
        HttpClient http,
        HubSpotResilience resilience,
        HubSpotLimiter limiter,
        IOptionsMonitor<HubSpotOptions> options,
        TimeProvider time
    )
    {
        (_http, _resilience, _limiter, _options, _time) = (http, resilience, limiter, options, time);
        _paths = new(options.CurrentValue.ApiVersion);
    }

    private async Task<T> SendAsync<T>(HubSpotCall call, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var body = await SendAsync(call, cancellationToken);
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException("null");
        }
        catch (JsonException unreadable)
        {
            var failure = new HubSpotUnexpectedAnswerException(
                $"HubSpot's answer cannot be read: {call.Operation}.",
                HubSpotFault.None,
                unreadable
            );
            throw call.IsRepeatable ? failure : new HubSpotWriteOutcomeUnknownException(call.Operation, failure);
        }
    }

    private Task<byte[]> SendAsync(HubSpotCall call, CancellationToken cancellationToken) =>
        _resilience.ExecuteAsync(call, (place, token) => AttemptAsync(call, place, token), cancellationToken);

    private async Task<byte[]> AttemptAsync(HubSpotCall call, HubSpotPlace place, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(call.Method, call.Path);
        // Read for every request: a rotated token takes effect without a restart.
        request.Headers.Authorization = new("Bearer", _options.CurrentValue.AccessToken);
        if (call.Body is not null)
        {
            request.Content = new ByteArrayContent(call.Body) { Headers = { ContentType = Json } };
        }

        try
        {
            using var response = await _http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                cancellationToken
            );
            _limiter.Learn(place, HubSpotRateHeaders.Read(response.Headers));
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return body;
            }

            var retryAfter = HubSpotErrorReader.RetryAfter(response.Headers, _time.GetUtcNow());
            throw HubSpotErrorReader.Read((int)response.StatusCode, retryAfter, body, call.Bucket);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw new HubSpotTransportException("The connection to HubSpot failed.", MayHaveArrived(failure), failure);
        }
    }

    private static MediaTypeHeaderValue Json { get; } = new("application/json");

    // These happen before a byte of the request is out.
    private static bool MayHaveArrived(Exception failure) =>
        failure
            is not HttpRequestException
            {
                HttpRequestError: HttpRequestError.NameResolutionError
                    or HttpRequestError.ConnectionError
                    or HttpRequestError.SecureConnectionError
                    or HttpRequestError.ProxyTunnelError
            };

    private static byte[] Write<T>(T body, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(body, type);

    private static string WithQuery(string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var parts = new List<string>();
        foreach (var (name, value) in query)
        {
            if (!string.IsNullOrEmpty(value))
            {
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }

        return parts.Count == 0 ? path : $"{path}?{string.Join('&', parts)}";
    }

    private static string Text(bool value) => value ? "true" : "false";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static void RequireSize<T>(IReadOnlyCollection<T> inputs, int most)
    {
        ArgumentOutOfRangeException.ThrowIfZero(inputs.Count, nameof(inputs));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(inputs.Count, most, nameof(inputs));
    }

    private static void RequireUnique(IEnumerable<string> marks)
    {
        var seen = new HashSet<string>();
        foreach (var mark in marks)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(mark);
            if (!seen.Add(mark))
            {
                throw new ArgumentException($"The batch names {mark} twice; HubSpot refuses that.", nameof(marks));
            }
        }
    }
}
