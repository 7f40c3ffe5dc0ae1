using Microsoft.Extensions.Diagnostics.HealthChecks;
using ProPartHub.Domain.HubSpot.Sync;

namespace ProPartHub.Domain.Operations;

/// <summary>Degraded while the exchange with HubSpot stands still against its will. Never unhealthy: all that is local works.</summary>
public sealed class ExchangeHealthCheck(SyncMonitor sync) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            sync.State switch
            {
                SyncState.Off => HealthCheckResult.Healthy("The exchange with HubSpot is not switched on."),
                SyncState.Waiting => HealthCheckResult.Healthy("Another instance talks to HubSpot."),
                SyncState.Paused => HealthCheckResult.Healthy("A person has paused the exchange with HubSpot."),
                SyncState.Running => HealthCheckResult.Healthy("HubSpot answers."),
                SyncState.Refused => HealthCheckResult.Degraded(
                    $"The connection to HubSpot is refused: {sync.Fault}. An admin has to look."
                ),
                _ => HealthCheckResult.Degraded("HubSpot does not answer; it is tried again."),
            }
        );
}
