using Microsoft.Extensions.Diagnostics.HealthChecks;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Operations;

/// <summary>Degraded while some background work failed when it last ran. Never unhealthy: it runs again by itself.</summary>
public sealed class WorkHealthCheck(WorkLog work) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var failing = work.Read().Where(state => state.IsFailing).Select(state => state.Work).ToList();
        return Task.FromResult(
            failing.Count == 0
                ? HealthCheckResult.Healthy("Background work goes on.")
                : HealthCheckResult.Degraded($"This failed when it last ran: {string.Join(", ", failing)}.")
        );
    }
}
