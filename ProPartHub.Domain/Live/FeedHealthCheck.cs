using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ProPartHub.Domain.Live;

/// <summary>
/// Healthy while changes are heard, degraded during a short loss, and unhealthy once it has lasted: such an instance
/// shows its people old data.
/// </summary>
public sealed class FeedHealthCheck(FeedStatus status, TimeProvider time) : IHealthCheck
{
    /// <summary>How long a loss may last before the instance counts as not ready.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var state = status.Current;
        return Task.FromResult(
            state switch
            {
                { IsConnected: true } => HealthCheckResult.Healthy("Changes are heard."),
                { LostSince: { } since } when time.GetUtcNow() - since >= Patience => HealthCheckResult.Unhealthy(
                    "Changes are not heard; open pages may show old data."
                ),
                _ => HealthCheckResult.Degraded("Changes are not heard at the moment; connecting."),
            }
        );
    }
}
