using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using ProPartHub.Domain.Data;

namespace ProPartHub.Web.Hosting;

/// <summary>
/// Ready while PostgreSQL answers, also where it can only be read: nobody would be helped by a portal that is taken away. Never
/// waits longer than a probe may.
/// </summary>
internal sealed class DatabaseHealthCheck(NpgsqlDataSource source, DatabaseCondition condition) : IHealthCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            await using var command = source.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(limit.Token);
            return condition.Current?.Trouble switch
            {
                DatabaseTrouble.NoRoom => HealthCheckResult.Degraded("PostgreSQL's disk is full: it can only be read."),
                DatabaseTrouble.ReadOnly => HealthCheckResult.Degraded("PostgreSQL can only be read."),
                DatabaseTrouble.NoConnections => HealthCheckResult.Degraded("PostgreSQL has no connection left."),
                _ => HealthCheckResult.Healthy("PostgreSQL answers."),
            };
        }
        catch (Exception exception)
            when (exception is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("PostgreSQL does not answer.");
        }
    }
}
