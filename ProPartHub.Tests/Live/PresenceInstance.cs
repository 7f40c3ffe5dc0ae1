using Microsoft.Extensions.Logging.Abstractions;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Agency.Shared;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Live.Presence;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.People.Sessions;
using ProPartHub.Domain.Telemetry;
using ProPartHub.Tests.Infrastructure;

namespace ProPartHub.Tests.Live;

/// <summary>What one instance of the portal has of presence, over a database that it may share with another.</summary>
internal sealed class PresenceInstance : IAsyncDisposable
{
    private readonly FeedListener _listener;
    private readonly PresenceAnnouncer _announcer;
    private readonly FeedStatus _status;

    private PresenceInstance(HubBed bed, TimeProvider time)
    {
        // The listener has the machine's clock: one that runs ahead makes a living server seem not to answer.
        (Room, Visits, _status) = (
            new PresenceRoom(time),
            new PresenceVisits(time),
            new FeedStatus(TimeProvider.System)
        );
        _announcer = new PresenceAnnouncer(
            bed.Get<HubDatabase>(),
            Visits,
            new WorkLog(time),
            time,
            NullLogger<PresenceAnnouncer>.Instance
        );
        _listener = new FeedListener(
            new FeedConnection(bed.ConnectionString),
            new LeadFeed(TimeProvider.System, NullLogger<LeadFeed>.Instance),
            new SessionEnds(TimeProvider.System),
            new NotificationSignal(),
            new AgencySignal(),
            new SharedGenerations(),
            Room,
            _status,
            TimeProvider.System,
            NullLogger<FeedListener>.Instance
        );
    }

    public PresenceRoom Room { get; }

    public PresenceVisits Visits { get; }

    public static async Task<PresenceInstance> StartAsync(
        HubBed bed,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var instance = new PresenceInstance(bed, time);
        await instance._listener.StartAsync(cancellationToken);
        await Eventually.IsAsync(() => instance._status.Current.IsConnected, cancellationToken);
        await instance._announcer.StartAsync(cancellationToken);
        return instance;
    }

    /// <summary>Stops as an update of the portal stops it, while it still hears what it says.</summary>
    public Task StopSpeakingAsync() => _announcer.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _announcer.StopAsync(CancellationToken.None);
        await _listener.StopAsync(CancellationToken.None);
        _announcer.Dispose();
        _listener.Dispose();
        Room.Dispose();
    }
}
