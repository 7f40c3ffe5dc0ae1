using System.Diagnostics;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Live;

/// <summary>
/// Carries batches from a subscription to a callback, one at a time: while one runs, whatever comes gathers into the
/// next. A callback that fails is called again later with "read everything again", since its changes were not shown.
/// </summary>
public sealed partial class FeedPump : IAsyncDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly FeedSubscription _subscription;
    private readonly Func<FeedBatch, Task> _onBatch;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _running;

    internal FeedPump(FeedSubscription subscription, Func<FeedBatch, Task> onBatch, TimeProvider time, ILogger logger)
    {
        (_subscription, _onBatch, _time, _logger) = (subscription, onBatch, time, logger);

        // Task.Run carries the caller's execution context along, and with it the person's culture.
        _running = Task.Run(RunAsync);
    }

    /// <summary>Leaves the feed and waits for a callback under way; none is called afterwards.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        await _subscription.DisposeAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            var retry = FirstRetry;
            await foreach (var batch in _subscription.ReadBatchesAsync(_stop.Token))
            {
                _stop.Token.ThrowIfCancellationRequested();
                if (await DeliverAsync(batch))
                {
                    retry = FirstRetry;
                    continue;
                }

                await Task.Delay(retry, _time, _stop.Token);
                retry = retry * 2 < LongestRetry ? retry * 2 : LongestRetry;
                _subscription.Offer(FeedMessage.RefreshAll);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed while waiting: the ordinary end.
        }
    }

    private async Task<bool> DeliverAsync(FeedBatch batch)
    {
        try
        {
            var begun = Stopwatch.GetTimestamp();
            await _onBatch(batch);
            HubMetrics.FeedDelivery.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds);
            return true;
        }
#pragma warning disable CA1031 // Nobody awaits the pump: whatever a page throws is logged here or nowhere.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!_stop.IsCancellationRequested)
            {
                LogFailed(exception);
            }

            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "A page could not show what the change feed told; it will read everything again")]
    private partial void LogFailed(Exception exception);
}
