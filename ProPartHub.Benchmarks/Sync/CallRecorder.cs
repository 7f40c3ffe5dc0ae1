using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;

namespace ProPartHub.Benchmarks.Sync;

/// <summary>What a request asks for, by what an import cannot do without.</summary>
internal enum CallKind
{
    /// <summary>A page of all records of a type.</summary>
    Page,

    /// <summary>Records by their ids.</summary>
    Batch,

    /// <summary>What records are tied to, outside the ten-second budget.</summary>
    Associations,

    /// <summary>A search, outside the ten-second budget.</summary>
    Search,

    /// <summary>The account itself: properties, pipelines, owners.</summary>
    Account,
}

/// <summary>A request to HubSpot as it left, which can be sent again.</summary>
/// <param name="At">Timestamp of the moment before it was sent.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Address">The whole address.</param>
/// <param name="Body">JSON, or null.</param>
/// <param name="Status">HTTP status of the answer.</param>
internal sealed record SentCall(long At, HttpMethod Method, Uri Address, byte[]? Body, int Status)
{
    public CallKind Kind =>
        Address.AbsolutePath.EndsWith("/search", StringComparison.Ordinal) ? CallKind.Search
        : Address.AbsolutePath.Contains("/associations/", StringComparison.Ordinal) ? CallKind.Associations
        : Address.AbsolutePath.Contains("/batch/", StringComparison.Ordinal) ? CallKind.Batch
        : Address.AbsolutePath.Contains("/objects/", StringComparison.Ordinal) ? CallKind.Page
        : CallKind.Account;

    /// <summary>Sends it once more and reads the answer to its end, keeping nothing.</summary>
    public async Task ReplayAsync(HttpClient http, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(Method, Address);
        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            };
        }

        using var response = await http.SendAsync(request, cancellationToken);
        await response.Content.ReadAsByteArrayAsync(cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}

/// <summary>Notes every request that the engine really sends, repeats included.</summary>
/// <param name="distance">How much longer each answer takes than over loopback.</param>
internal sealed class CallRecorder(TimeSpan distance)
{
    private readonly ConcurrentQueue<SentCall> _calls = new();

    public IReadOnlyList<SentCall> Calls => [.. _calls.OrderBy(call => call.At)];

    /// <summary>A handler for one client's pipeline.</summary>
    public DelegatingHandler Handler() => new Recording(_calls, distance);

    private sealed class Recording(ConcurrentQueue<SentCall> calls, TimeSpan distance) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var at = Stopwatch.GetTimestamp();
            var body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken);
            var response = await base.SendAsync(request, cancellationToken);
            if (distance > TimeSpan.Zero)
            {
                await Task.Delay(distance, cancellationToken);
            }

            calls.Enqueue(new SentCall(at, request.Method, request.RequestUri!, body, (int)response.StatusCode));
            return response;
        }
    }
}
