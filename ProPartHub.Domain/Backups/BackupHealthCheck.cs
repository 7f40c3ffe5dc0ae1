using Microsoft.Extensions.Diagnostics.HealthChecks;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Backups;

/// <summary>
/// Degraded while backups are to be made by themselves and the newest good one is too old. Never unhealthy: people can work,
/// and a portal taken out of service would be backed up by nobody.
/// </summary>
public sealed class BackupHealthCheck(BackupShelf shelf, BackupPlan plan, TimeProvider time) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        if (shelf.Folder is null)
        {
            return HealthCheckResult.Healthy("Backups are not made by the portal.");
        }

        try
        {
            return await plan.LastGoodAsync(cancellationToken) switch
            {
                null => HealthCheckResult.Degraded("There is no verified backup yet."),
                { } at when time.GetUtcNow() - at >= BackupDesk.LateAfter => HealthCheckResult.Degraded(
                    $"The newest verified backup is of {at:yyyy-MM-dd HH:mm} UTC."
                ),
                _ => HealthCheckResult.Healthy("The newest verified backup is of today or yesterday."),
            };
        }
        catch (Exception fault) when (DatabaseOutage.Is(fault))
        {
            return HealthCheckResult.Degraded("The history of backups cannot be read.");
        }
    }
}
