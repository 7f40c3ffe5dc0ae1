using System.Collections.Concurrent;
using System.Net;

namespace ProPartHub.Tests.Scale;

/// <summary>Opens a page again and again, with the cookies of one browser, and notes what did not come.</summary>
internal sealed class SteadyVisitor : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly Task _visits;

    public SteadyVisitor(Uri page) => _visits = Task.Run(() => VisitAsync(page));

    /// <summary>What did not come, in words.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _visits;
        _end.Dispose();
    }

    private async Task VisitAsync(Uri page)
    {
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() });
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using var answer = await http.GetAsync(page);
                var instance = answer.Headers.TryGetValues(StickyProxy.InstanceHeader, out var names)
                    ? names.Single()
                    : "none";
                if (answer.StatusCode is not HttpStatusCode.OK)
                {
                    _failures.Enqueue($"{answer.StatusCode} from {instance}");
                }
            }
            catch (HttpRequestException failure)
            {
                _failures.Enqueue(failure.Message);
            }

            await Task.Delay(Pause);
        }
    }
}
