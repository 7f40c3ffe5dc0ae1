using System.Diagnostics;

namespace ProPartHub.Benchmarks.Drills;

/// <summary>Asks a portal again and again, as a proxy and a supervisor do, whether it lives and whether it is ready.</summary>
internal sealed class HealthWatch : IAsyncDisposable
{
    // A supervisor that waits longer than this for a sign of life starts the process anew.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _asking;
    private long _markedAt;
    private long _notReadyAt;
    private TimeSpan _slowest;
    private int _asked;
    private int _silent;
    private volatile bool _isReady;

    public HealthWatch(Uri server, TimeSpan pause) =>
        _asking = [
            AskAsync(new Uri(server, "/health/live"), pause, TakeLife),
            AskAsync(new Uri(server, "/health/ready"), pause, TakeReadiness),
        ];

    /// <summary>What is seen counts from now on.</summary>
    public void Mark() => Volatile.Write(ref _markedAt, Stopwatch.GetTimestamp());

    /// <summary>Waits until it is ready again.</summary>
    /// <returns>How long that took; null where it took longer than the patience.</returns>
    public async Task<TimeSpan?> UntilReadyAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!_isReady)
        {
            if (Stopwatch.GetElapsedTime(begun) > patience)
            {
                return null;
            }

            await Task.Delay(50, cancellationToken);
        }

        return Stopwatch.GetElapsedTime(begun);
    }

    public void Judge(DrillVerdict verdict, TimeSpan? readyAgain)
    {
        verdict.Expect(
            "signs of life asked for, slowest",
            $"{_asked} asked, {_silent} without answer, {_slowest.TotalMilliseconds:0} ms",
            _asked > 0 && _silent == 0
        );
        verdict.Expect(
            "said not to be ready after",
            _notReadyAt == 0 ? "never" : $"{Stopwatch.GetElapsedTime(_markedAt, _notReadyAt).TotalSeconds:0.0} s",
            _notReadyAt != 0
        );
        verdict.Expect(
            "ready again after the server went on",
            readyAgain is { } took ? $"{took.TotalSeconds:0.0} s" : "not in time",
            readyAgain is not null
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_asking);
        _end.Dispose();
    }

    private async Task AskAsync(Uri address, TimeSpan pause, Action<bool, TimeSpan> take)
    {
        using var http = new HttpClient { Timeout = LongestWait };
        while (!_end.IsCancellationRequested)
        {
            var begun = Stopwatch.GetTimestamp();
            bool isGood;
            try
            {
                using var answer = await http.GetAsync(address);
                isGood = answer.IsSuccessStatusCode;
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
            {
                isGood = false;
            }

            take(isGood, Stopwatch.GetElapsedTime(begun));
            await Task.Delay(pause, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void TakeLife(bool isGood, TimeSpan took)
    {
        if (Volatile.Read(ref _markedAt) != 0)
        {
            _asked++;
            _silent += isGood ? 0 : 1;
            _slowest = took > _slowest ? took : _slowest;
        }
    }

    private void TakeReadiness(bool isGood, TimeSpan took)
    {
        _isReady = isGood;
        if (!isGood && _notReadyAt == 0 && Volatile.Read(ref _markedAt) != 0)
        {
            _notReadyAt = Stopwatch.GetTimestamp();
        }
    }
}
