using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using ProPartHub.HubSpotSandbox.Http;

namespace ProPartHub.HubSpotSandbox.Webhooks;

/// <summary>Delivers a batch of events: signed, in five seconds or not at all, with up to ten retries.</summary>
public sealed class WebhookSender : IDisposable
{
    private const int MostInFlight = 10;
    private const int MostRetries = 10;
    private const int KeptDeliveries = 500;

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMinutes(1);

    private readonly SandboxOptions _options;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private readonly SemaphoreSlim _inFlight = new(MostInFlight);
    private readonly ConcurrentQueue<WebhookDelivery> _deliveries = new();

    internal WebhookSender(SandboxOptions options)
    {
        _options = options;
        _http.Timeout = Timeout.InfiniteTimeSpan;
    }

    /// <summary>The last attempts, oldest first.</summary>
    public IReadOnlyList<WebhookDelivery> Deliveries => [.. _deliveries];

    /// <param name="first">Ended after the first attempt: who waits for quiet does not wait for retries.</param>
    internal async Task DeliverAsync(
        Uri target,
        IReadOnlyList<WebhookEvent> events,
        IDisposable first,
        CancellationToken cancellationToken
    )
    {
        using (first)
        {
            if (await TryAsync(target, events, attempt: 0, cancellationToken))
                return;
        }

        for (var attempt = 1; attempt <= MostRetries; attempt++)
        {
            await Task.Delay(RetryDelay(attempt), _options.TimeProvider, cancellationToken);
            if (await TryAsync(target, events, attempt, cancellationToken))
                return;
        }
    }

    /// <summary>Doubles from a minute: seventeen hours in all, spread by a quarter either way, inside HubSpot's 24.</summary>
    internal static TimeSpan RetryDelay(int attempt) =>
        FirstRetry * Math.Pow(2, attempt - 1) * (0.75 + (Random.Shared.NextDouble() / 2));

    private async Task<bool> TryAsync(
        Uri target,
        IReadOnlyList<WebhookEvent> events,
        int attempt,
        CancellationToken cancellationToken
    )
    {
        await _inFlight.WaitAsync(cancellationToken);
        try
        {
            var delivery = new WebhookDelivery(
                _options.TimeProvider.GetUtcNow(),
                attempt,
                events.Count,
                await PostAsync(target, events, attempt, cancellationToken)
            );
            _deliveries.Enqueue(delivery);
            while (_deliveries.Count > KeptDeliveries)
                _deliveries.TryDequeue(out _);
            return delivery.Succeeded;
        }
        finally
        {
            _inFlight.Release();
        }
    }

    private async Task<int?> PostAsync(
        Uri target,
        IReadOnlyList<WebhookEvent> events,
        int attempt,
        CancellationToken cancellationToken
    )
    {
        var body = JsonSerializer.Serialize(
            events.Select(one => one with { AttemptNumber = attempt }),
            SandboxJson.Options
        );
        using var request = Sign(target, body);
        using var timeout = new CancellationTokenSource(AnswerTime, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    // Stamped anew for each attempt, or the later retries would arrive too old to be believed.
    private HttpRequestMessage Sign(Uri target, string body)
    {
        var now = _options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, target)
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        var secret = _options.ClientSecret;
        request.Headers.Add("X-HubSpot-Signature", WebhookSignature.V1(secret, body));
        request.Headers.Add("X-HubSpot-Signature-Version", "v1");
        request.Headers.Add(
            "X-HubSpot-Signature-v3",
            WebhookSignature.V3(secret, HttpMethods.Post, target.OriginalString, body, now)
        );
        request.Headers.Add("X-HubSpot-Request-Timestamp", now);
        return request;
    }

    public void Dispose()
    {
        _http.Dispose();
        _inFlight.Dispose();
    }
}
