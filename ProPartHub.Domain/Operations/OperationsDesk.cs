using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Operations;

/// <summary>What admins see of how the portal runs. Nothing can be changed through it.</summary>
public sealed class OperationsDesk(
    OperationsReader reader,
    FeedStatus feed,
    LeadFeed subscribers,
    SyncMonitor sync,
    WorkLog work,
    TimeProvider time
)
{
    /// <summary>So old figures of the database may be, however many admins look.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(4);

    /// <summary>How the portal runs; where the database does not answer, what is known without it.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<OperationsOverview> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Role is not Role.Admin)
        {
            throw ForbiddenException.For(actor, GuardedAct.SeeOperations);
        }

        var snapshot = await TryReadAsync(cancellationToken);
        return new(
            time.GetUtcNow(),
            new(
                Environment.MachineName,
                HubTelemetry.Version,
                reader.StartedAt,
                Environment.WorkingSet,
                GC.GetGCMemoryInfo().TotalAvailableMemoryBytes
            ),
            snapshot,
            feed.Current,
            subscribers.Subscribers,
            new(sync.State, sync.Fault, sync.Since, sync.Limiter, sync.Health),
            work.Read()
        );
    }

    private async Task<OperationsSnapshot?> TryReadAsync(CancellationToken cancellationToken)
    {
        // This page above all must open while the database is away, and not after all the tries that others make.
        if (feed.Current.LostSince is not null)
        {
            return null;
        }

        try
        {
            return await reader.ReadAsync(Freshness, cancellationToken);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return null;
        }
    }
}
