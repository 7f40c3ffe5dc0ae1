using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly.CircuitBreaker;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Operations;

/// <summary>
/// Measures what is a state: queues, budget, database, disks, background work. The database is asked every
/// <see cref="Interval"/>, whoever scrapes and however often.
/// </summary>
public sealed partial class OperationsMeter : BackgroundService
{
    /// <summary>How often the database is asked.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly OperationsReader _reader;
    private readonly FeedStatus _feed;
    private readonly LeadFeed _subscribers;
    private readonly SyncMonitor _sync;
    private readonly WorkLog _work;
    private readonly TimeProvider _time;
    private readonly ILogger<OperationsMeter> _logger;

    /// <summary>Makes the instruments; they answer from the moment the host starts.</summary>
    public OperationsMeter(
        OperationsReader reader,
        FeedStatus feed,
        LeadFeed subscribers,
        SyncMonitor sync,
        WorkLog work,
        IMeterFactory meters,
        TimeProvider time,
        ILogger<OperationsMeter> logger
    )
    {
        (_reader, _feed, _subscribers, _sync, _work, _time, _logger) = (
            reader,
            feed,
            subscribers,
            sync,
            work,
            time,
            logger
        );
        var meter = meters.Create(HubTelemetry.Name);
        HubMetrics.Begin();
        MeasureDatabase(meter);
        MeasureQueues(meter);
        MeasureExchange(meter);
        MeasureBackups(meter);
        MeasureProcess(meter);
        MeasureWork(meter);
    }

    private OperationsSnapshot? Latest => _reader.Latest;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        do
        {
            try
            {
                await _work.RunAsync(
                    BackgroundWork.Operations,
                    () => _reader.ReadAsync(OperationsDesk.Freshness, stoppingToken)
                );
            }
            catch (Exception failure) when (DatabaseOutage.Is(failure))
            {
                LogFailure(failure.Message);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void MeasureDatabase(Meter meter)
    {
        meter.CreateObservableGauge("propart.database.up", () => Flag(Latest is not null));
        meter.CreateObservableGauge("propart.database.size", () => Known(Latest?.Database.Size), "By");
        meter.CreateObservableGauge("propart.database.connections", () => Known(Latest?.Database.Connections));
        meter.CreateObservableGauge("propart.database.connections.limit", () => Known(Latest?.Database.MaxConnections));
        meter.CreateObservableGauge(
            "propart.database.migrations.pending",
            () => Known(Latest?.Database.PendingMigrations)
        );
        meter.CreateObservableGauge(
            "propart.audit.intact",
            () => Known(Latest is { } read ? Flag(read.IsAuditIntact) : null)
        );
        meter.CreateObservableGauge("propart.disk.free", () => Disks(folder => folder.Free), "By");
        meter.CreateObservableGauge("propart.disk.size", () => Disks(folder => folder.Size), "By");
    }

    private void MeasureQueues(Meter meter)
    {
        meter.CreateObservableGauge("propart.queue.depth", () => Queues(queue => queue.Depth));
        meter.CreateObservableGauge(
            "propart.queue.oldest.age",
            () => Queues(queue => queue.AgeAt(_time.GetUtcNow()).TotalSeconds),
            "s"
        );
        meter.CreateObservableGauge(
            "propart.queue.patience",
            () => Queues(queue => QueuePatience.Of(queue.Queue, Latest!.Exchange.IsSending)?.TotalSeconds),
            "s"
        );
    }

    private void MeasureExchange(Meter meter)
    {
        meter.CreateObservableGauge("propart.feed.connected", () => Flag(_feed.Current.IsConnected));
        meter.CreateObservableGauge("propart.feed.subscribers", () => _subscribers.Subscribers);
        meter.CreateObservableGauge(
            "propart.sync.state",
            () =>
                Enum.GetValues<SyncState>()
                    .Select(state => Tagged(Flag(_sync.State == state), "state", state.ToString()))
        );
        meter.CreateObservableGauge(
            "propart.sync.sending",
            () => Known(Latest is { } read ? Flag(read.Exchange.IsSending) : null)
        );
        meter.CreateObservableGauge(
            "propart.sync.reading",
            () => Known(Latest is { } read ? Flag(read.Exchange.IsReading) : null)
        );
        meter.CreateObservableGauge("propart.sync.pull.age", () => Known(Age(Latest?.Exchange.LastPull)), "s");
        meter.CreateObservableGauge("propart.hubspot.daily.limit", () => Known(_sync.Limiter?.DailyLimit));
        meter.CreateObservableGauge("propart.hubspot.daily.remaining", () => Known(_sync.Limiter?.DailyRemaining));
        meter.CreateObservableGauge(
            "propart.hubspot.closed",
            () => Known(_sync.Limiter is { } limiter ? Flag(limiter.Closed is not null) : null)
        );
        meter.CreateObservableGauge(
            "propart.hubspot.breaker.open",
            () => Known(_sync.Health is { } health ? Flag(health.Circuit is not CircuitState.Closed) : null)
        );
        meter.CreateObservableGauge(
            "propart.hubspot.window.used",
            () =>
                _sync.Limiter?.Buckets.Select(bucket =>
                    Tagged((double)bucket.Used / bucket.Limit, "bucket", bucket.Bucket.ToString())
                )
                ?? []
        );
    }

    private void MeasureBackups(Meter meter)
    {
        meter.CreateObservableGauge(
            "propart.backup.on",
            () => Known(Latest is { } read ? Flag(read.Backup.IsOn) : null)
        );
        meter.CreateObservableGauge(
            "propart.backup.failed",
            () => Known(Latest is { } read ? Flag(read.Backup.HasFailed) : null)
        );
        // Of a portal without a good backup this is its own age, so that the alert needs no second rule.
        meter.CreateObservableGauge(
            "propart.backup.good.age",
            () => Known(Latest is { } read ? Age(read.Backup.LastGood ?? _reader.StartedAt) : null),
            "s"
        );
    }

    private void MeasureProcess(Meter meter)
    {
        meter.CreateObservableGauge("propart.process.uptime", () => Age(_reader.StartedAt)!.Value, "s");
        meter.CreateObservableGauge("propart.process.memory", () => Environment.WorkingSet, "By");
        meter.CreateObservableGauge(
            "propart.process.memory.limit",
            () => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            "By"
        );
    }

    private void MeasureWork(Meter meter)
    {
        meter.CreateObservableGauge("propart.work.failing", () => Works(state => Flag(state.IsFailing)));
        meter.CreateObservableGauge(
            "propart.work.running.age",
            () => Works(state => state.IsRunning ? Age(state.BegunAt)!.Value : 0),
            "s"
        );
    }

    private static int Flag(bool isSo) => isSo ? 1 : 0;

    private double? Age(DateTimeOffset? moment) =>
        moment is { } at ? Math.Max(0, (_time.GetUtcNow() - at).TotalSeconds) : null;

    // What is not known is not told, rather than told as nought.
    private static IEnumerable<Measurement<double>> Known(double? value) =>
        value is { } known ? [new Measurement<double>(known)] : [];

    private static Measurement<double> Tagged(double value, string name, string tag) =>
        new(value, new KeyValuePair<string, object?>(name, tag));

    private IEnumerable<Measurement<double>> Queues(Func<QueueState, double?> figure) =>
        from queue in Latest?.Queues ?? []
        let value = figure(queue)
        where value is not null
        select Tagged(value.Value, "queue", queue.Queue.ToString());

    private IEnumerable<Measurement<double>> Disks(Func<FolderState, double> figure) =>
        (Latest?.Folders ?? []).Select(folder => Tagged(figure(folder), "folder", folder.Folder.ToString()));

    private IEnumerable<Measurement<double>> Works(Func<WorkState, double> figure) =>
        _work.Read().Select(state => Tagged(figure(state), "work", state.Work.ToString()));

    [LoggerMessage(LogLevel.Warning, "How the portal runs could not be read: {Reason}")]
    private partial void LogFailure(string reason);
}
