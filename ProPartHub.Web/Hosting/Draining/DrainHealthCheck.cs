using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ProPartHub.Web.Hosting.Draining;

/// <summary>Not ready from when the instance was asked to stop.</summary>
internal sealed class DrainHealthCheck(CircuitDrain drain) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            drain.IsDraining
                ? HealthCheckResult.Unhealthy("The instance was asked to stop.")
                : HealthCheckResult.Healthy("The instance stays.")
        );
}
