using ProPartHub.Domain.Data;
using ProPartHub.Domain.Live;
using ProPartHub.Web.Components.Layout;

namespace ProPartHub.Web.Hosting;

/// <summary>
/// Tells every open page when the database goes and when it is back, which the feed's connection notices first, and when it
/// takes nothing though it answers: then it is asked again every few seconds, so that pages need not be tried out by people.
/// </summary>
internal sealed class DatabaseWatch(FeedStatus feed, DatabaseCondition condition, StatusBarState bar, TimeProvider time)
    : BackgroundService
{
    /// <summary>How long a trouble stands before it is looked whether it is over.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly WakeSignal _met = new();

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        feed.Changed += Tell;
        condition.Changed += Tell;
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        feed.Changed -= Tell;
        condition.Changed -= Tell;
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _met.WaitAsync(Timeout.InfiniteTimeSpan, time, stoppingToken);
            while (condition.Current is not null)
            {
                await Task.Delay(Pause, time, stoppingToken);
                await condition.ProveAsync(stoppingToken);
            }
        }
    }

    private void Tell(FeedState state)
    {
        if (state.LostSince is { } since)
        {
            bar.DatabaseIsDown(since);
        }
        else if (state.IsConnected)
        {
            bar.DatabaseIsBack();
        }
    }

    private void Tell(MetTrouble? met)
    {
        bar.DatabaseRefuses(met);
        _met.Wake();
    }
}
