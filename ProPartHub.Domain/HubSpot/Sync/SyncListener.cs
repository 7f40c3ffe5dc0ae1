using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using ProPartHub.Domain.Live;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Wakes the sync when any instance commits a change of a lead, so that an edit leaves at once. Losing this connection costs
/// a second's delay, not an edit: the engine looks around by itself.
/// </summary>
public sealed partial class SyncListener(
    SyncConnection connection,
    SyncSignal signal,
    TimeProvider time,
    ILogger<SyncListener> logger
) : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is NpgsqlException or IOException or TimeoutException)
            {
                LogLost(failure.Message);
                await Task.Delay(Retry, time, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        var direct = new NpgsqlConnectionStringBuilder(connection.DirectConnectionString)
        {
            ApplicationName = "ProPart Hub sync listener",
            Pooling = false,
            KeepAlive = 15,
        };
        await using var listening = new NpgsqlConnection(direct.ConnectionString);
        await listening.OpenAsync(stoppingToken);
        listening.Notification += (_, _) => signal.Wake();
        await using (var command = new NpgsqlCommand($"LISTEN {FeedMessage.Channel}", listening))
        {
            await command.ExecuteNonQueryAsync(stoppingToken);
        }

        while (true)
        {
            await listening.WaitAsync(stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The sync's listener lost its connection: {Reason}")]
    private partial void LogLost(string reason);
}
