using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Agency.Shared;
using ProPartHub.Domain.Live.Presence;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.People.Sessions;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Live;

/// <summary>Where the listener connects: PostgreSQL itself, never a transaction pooler, which breaks LISTEN.</summary>
/// <param name="ConnectionString">The direct connection string.</param>
public sealed record FeedConnection(string ConnectionString);

/// <summary>
/// The one LISTEN connection of this process. It proves every <see cref="Heartbeat"/> that the server still answers,
/// because a half-open socket looks alive for hours; when lost it connects again and, as NOTIFY has no replay, tells
/// everyone to read again.
/// </summary>
public sealed partial class FeedListener(
    FeedConnection connection,
    LeadFeed feed,
    SessionEnds sessions,
    NotificationSignal notifications,
    AgencySignal agency,
    SharedGenerations generations,
    PresenceRoom presence,
    FeedStatus status,
    TimeProvider time,
    ILogger<FeedListener> logger
) : BackgroundService
{
    /// <summary>Longest silence before the server is asked whether it is there.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly string _connectionString = new NpgsqlConnectionStringBuilder(connection.ConnectionString)
    {
        ApplicationName = "ProPart Hub feed",
        Pooling = false,
        TcpKeepAlive = true,
        Timeout = 10,
        // A silent server would not hear a request to cancel either: give up the connection at once.
        CancellationTimeout = -1,
    }.ConnectionString;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var attempt = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(() => attempt = 0, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever ends a connection, the feed must come back: without it pages go stale unseen.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                generations.Forget();
                status.Lost();
                var pause = Pause(attempt++);
                LogLost(exception, pause);
                await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(Action connected, CancellationToken stopping)
    {
        await using var listener = new NpgsqlConnection(_connectionString);
        listener.Notification += (_, notification) => Hear(notification);
        await listener.OpenAsync(stopping);
        await using (
            var listen = new NpgsqlCommand(
                $"LISTEN {FeedMessage.Channel}; LISTEN {SessionEnds.Channel}; LISTEN {NotificationSignal.Channel}; "
                    + $"LISTEN {PresenceNote.Channel}; LISTEN {AgencySignal.Channel}; LISTEN {SharedGenerations.Channel}",
                listener
            )
        )
        {
            generations.Listen();
            await listen.ExecuteNonQueryAsync(stopping);
        }

        generations.Begin(await SharedReadingsAsync(listener, stopping));

        // From here on nothing is missed; what was missed before is unknown.
        feed.Publish(FeedMessage.RefreshAll);
        notifications.HearAll();
        agency.HearAll();
        connected();
        status.Connected();
        LogConnected();
        while (true)
        {
            if (!await WaitAsync(listener, stopping))
            {
                await ProveAliveAsync(listener, stopping);
            }
        }
    }

    private static async Task<List<SharedReading>> SharedReadingsAsync(
        NpgsqlConnection listener,
        CancellationToken stopping
    )
    {
        await using var command = new NpgsqlCommand("SELECT topic, generation FROM shared_readings", listener);
        await using var reader = await command.ExecuteReaderAsync(stopping);
        var rows = new List<SharedReading>();
        while (await reader.ReadAsync(stopping))
        {
            // A later version may have topics that this one does not know.
            if (Enum.TryParse<AgencyTopic>(reader.GetString(0), out var topic))
            {
                rows.Add(new SharedReading { Topic = topic, Generation = reader.GetGuid(1) });
            }
        }

        return rows;
    }

    /// <summary>False after <see cref="Heartbeat"/> without a message; Npgsql keeps the connection then.</summary>
    private async Task<bool> WaitAsync(NpgsqlConnection listener, CancellationToken stopping)
    {
        using var silence = new CancellationTokenSource(Heartbeat, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, stopping);
        try
        {
            await listener.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task ProveAliveAsync(NpgsqlConnection listener, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(AnswerLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        await using var ask = new NpgsqlCommand("SELECT 1", listener);
        await ask.ExecuteScalarAsync(either.Token);
    }

    private void Hear(NpgsqlNotificationEventArgs notification)
    {
        if (notification.Channel == SessionEnds.Channel)
        {
            sessions.Hear(notification.Payload);
            return;
        }

        if (notification.Channel == NotificationSignal.Channel)
        {
            notifications.Hear(notification.Payload);
            return;
        }

        if (notification.Channel == SharedGenerations.Channel)
        {
            generations.Hear(notification.Payload);
            return;
        }

        if (notification.Channel == AgencySignal.Channel)
        {
            agency.Hear(notification.Payload);
            return;
        }

        if (notification.Channel == PresenceNote.Channel)
        {
            presence.Hear(notification.Payload);
            return;
        }

        FeedMessage message;
        try
        {
            message = FeedMessage.Parse(notification.Payload);
        }
        catch (JsonException exception)
        {
            // Another version of the hub, or a hand at psql: something happened, so read again.
            LogUnreadable(exception);
            message = FeedMessage.RefreshAll;
        }

        status.Heard();
        HubMetrics.FeedMessages.Add(
            1,
            new KeyValuePair<string, object?>("kind", message.IsRefreshAll ? "refresh" : "change")
        );
        if (message.SentAt is { } sent)
        {
            // Another instance's clock may be a little ahead.
            HubMetrics.FeedLag.Record(Math.Max(0, (time.GetUtcNow() - sent).TotalSeconds));
        }

        feed.Publish(message);
    }

    // Half fixed, half random, so that many instances do not come back in one instant.
    private static TimeSpan Pause(int attempt)
    {
        var full = TimeSpan.FromMilliseconds(250) * Math.Pow(2, Math.Min(attempt, 10));
        return (full < LongestPause ? full : LongestPause) * (0.5 + (Random.Shared.NextDouble() / 2));
    }

    [LoggerMessage(LogLevel.Information, "The change feed is connected")]
    private partial void LogConnected();

    [LoggerMessage(LogLevel.Warning, "The change feed lost its connection; the next try is in {Pause}")]
    private partial void LogLost(Exception exception, TimeSpan pause);

    [LoggerMessage(LogLevel.Warning, "A message of the change feed could not be read; everyone reads again")]
    private partial void LogUnreadable(Exception exception);
}
