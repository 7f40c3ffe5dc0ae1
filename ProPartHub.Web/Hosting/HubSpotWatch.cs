using Microsoft.Extensions.Options;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Web.Components.Layout;

namespace ProPartHub.Web.Hosting;

/// <summary>Shows how the sync stands in the status bar of every open page.</summary>
internal sealed class HubSpotWatch(SyncMonitor monitor, StatusBarState bar, IOptions<SyncOptions> options)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        monitor.Changed += Tell;
        Tell();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        monitor.Changed -= Tell;
        return Task.CompletedTask;
    }

    private void Tell() => bar.HubSpotIs(Link(), monitor.Since);

    private HubSpotLink Link() =>
        monitor.State switch
        {
            SyncState.Refused => HubSpotLink.Refused,
            SyncState.Failing => HubSpotLink.Unreachable,
            SyncState.Paused => HubSpotLink.Paused,
            SyncState.Off => HubSpotLink.NotConnected,
            _ when options.Value.IsSandbox => HubSpotLink.Sandbox,
            _ => HubSpotLink.Connected,
        };
}
