using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using ProPartHub.Domain.Live;

namespace ProPartHub.Benchmarks.Sync;

/// <summary>
/// Hears of the portal's commits as its pages do. PostgreSQL notifies when a transaction has committed, so what is heard is
/// the commit and a moment on loopback.
/// </summary>
internal sealed class CommitListener : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Guid, long> _last = new();
    private Task _listening = Task.CompletedTask;

    private CommitListener(NpgsqlConnection connection) => _connection = connection;

    public static async Task<CommitListener> StartAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString
        );
        await connection.OpenAsync(cancellationToken);
        var listener = new CommitListener(connection);
        connection.Notification += (_, heard) => listener.Take(heard.Payload);
        await using (var command = new NpgsqlCommand($"LISTEN {FeedMessage.Channel}", connection))
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        listener._listening = listener.ListenAsync();
        return listener;
    }

    /// <summary>Timestamp of the newest commit that changed the lead, if any was heard.</summary>
    public long? Last(Guid leadId) => _last.TryGetValue(leadId, out var at) ? at : null;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _listening;
        await _connection.DisposeAsync();
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                await _connection.WaitAsync(_stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the run.
        }
    }

    private void Take(string payload)
    {
        var at = Stopwatch.GetTimestamp();
        if (JsonSerializer.Deserialize<FeedMessage>(payload) is { IsRefreshAll: false } message)
        {
            _last[message.LeadId] = at;
        }
    }
}
