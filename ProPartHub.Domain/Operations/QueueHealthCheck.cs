using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ProPartHub.Domain.Operations;

/// <summary>
/// Degraded while something waits longer than it should, by the figures read last. Never unhealthy: people can work, and
/// another instance would find the same.
/// </summary>
public sealed class QueueHealthCheck(OperationsReader reader, TimeProvider time) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        if (reader.Latest is not { } read)
        {
            return Task.FromResult(HealthCheckResult.Degraded("The queues have not been read."));
        }

        var late = read.LateAt(time.GetUtcNow());
        return Task.FromResult(
            late.Count == 0
                ? HealthCheckResult.Healthy("Nothing waits longer than it should.")
                : HealthCheckResult.Degraded(
                    $"These wait longer than they should: {string.Join(", ", late.Select(queue => queue.Queue))}."
                )
        );
    }
}
