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

    private readonly Lock _gate = new();
    private Task _asking = Task.CompletedTask;

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            await Asking().WaitAsync(Limit, cancellationToken);
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

    // One question for all probes, which is left alone: cancelling a command has the driver talk to the server, on the thread of
    // whoever cancels, and one that says nothing would hold that up along with the timers that are due.
    private Task Asking()
    {
        lock (_gate)
        {
            return _asking = _asking.IsCompleted ? AskAsync() : _asking;
        }
    }

    private async Task AskAsync()
    {
        await using var command = source.CreateCommand("SELECT 1");
        await command.ExecuteScalarAsync(CancellationToken.None);
    }
}
