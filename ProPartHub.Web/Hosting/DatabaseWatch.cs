using ProPartHub.Domain.Live;
using ProPartHub.Web.Components.Layout;

namespace ProPartHub.Web.Hosting;

/// <summary>Tells every open page when the database goes and when it is back; the feed's connection notices first.</summary>
internal sealed class DatabaseWatch(FeedStatus feed, StatusBarState bar) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        feed.Changed += Tell;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        feed.Changed -= Tell;
        return Task.CompletedTask;
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
}
