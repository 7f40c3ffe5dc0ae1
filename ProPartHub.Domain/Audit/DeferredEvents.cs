using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Audit;

/// <summary>
/// Security events that nobody waits for. Whoever has one hands it over and goes on; a writer of its own stores it, tries
/// again while the database is away, and at an orderly end of the process stores what is left.
/// </summary>
public abstract partial class DeferredEvents : BackgroundService
{
    /// <summary>Most events kept in memory while the database is away.</summary>
    public const int Capacity = 10_000;

    private const int BatchSize = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Channel<SecurityEvent> _waiting = Channel.CreateBounded<SecurityEvent>(
        // A refused write is told to the log; the caller must never wait.
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
    );

    private readonly HubDatabase _database;
    private readonly ILogger _logger;
    private readonly long _lock;
    private readonly WorkLog _work;

    /// <param name="database">Where they are stored.</param>
    /// <param name="time">The clock of the pauses between tries.</param>
    /// <param name="logger">Hears of what could not be stored.</param>
    /// <param name="lockKey">Lets one instance at a time look what is there already and add to it.</param>
    /// <param name="work">Takes down how storing went.</param>
    private protected DeferredEvents(
        HubDatabase database,
        TimeProvider time,
        ILogger logger,
        long lockKey,
        WorkLog work
    ) => (_database, Time, _logger, _lock, _work) = (database, time, logger, lockKey, work);

    /// <summary>As which work its storing is taken down.</summary>
    private protected abstract BackgroundWork Work { get; }

    /// <summary>The clock.</summary>
    private protected TimeProvider Time { get; }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        if (ExecuteTask is { } writing)
        {
            await writing.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await base.StopAsync(cancellationToken);
    }

    /// <summary>Stores what was handed over so far.</summary>
    internal async Task StoreAsync(CancellationToken cancellationToken)
    {
        var events = new List<SecurityEvent>();
        while (_waiting.Reader.TryRead(out var entry))
        {
            events.Add(entry);
            if (events.Count == BatchSize)
            {
                await StoreAsync(events, cancellationToken);
                events.Clear();
            }
        }

        await StoreAsync(events, cancellationToken);
    }

    /// <summary>Takes an event over, waiting for nothing.</summary>
    private protected void HandOver(SecurityEvent entry)
    {
        if (entry.ActorId is not null && !_waiting.Writer.TryWrite(entry))
        {
            LogLost(entry.Kind);
        }
    }

    /// <summary>Leaves out what is stored already, by this instance or another.</summary>
    /// <param name="db">The transaction that will store the rest.</param>
    /// <param name="events">What was handed over, oldest first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private protected abstract Task<IEnumerable<SecurityEvent>> NewAsync(
        HubDbContext db,
        IReadOnlyList<SecurityEvent> events,
        CancellationToken cancellationToken
    );

    // The end of the process closes the channel, and reading it to its end is what ends this.
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _work.Expect(Work);
        var events = new List<SecurityEvent>();
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (events.Count < BatchSize && _waiting.Reader.TryRead(out var entry))
            {
                events.Add(entry);
            }

            await StoreForSureAsync(events, stoppingToken);
            events.Clear();
        }
    }

    private async Task StoreForSureAsync(List<SecurityEvent> events, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await _work.RunAsync(Work, () => StoreAsync(events, CancellationToken.None));
                return;
            }
            catch (Exception exception) when (DatabaseOutage.MayPass(exception))
            {
                LogFailed(exception, events.Count);
                await Task.Delay(Pause, Time, stoppingToken);
            }
        }
    }

    private Task StoreAsync(List<SecurityEvent> events, CancellationToken cancellationToken) =>
        events.Count == 0
            ? Task.CompletedTask
            : _database.InTransactionAsync(
                async (db, token) =>
                {
                    // Two instances that have the same event must not both write it.
                    await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({_lock})", token);
                    db.SecurityEvents.AddRange((await NewAsync(db, events, token)).Select(Copy));
                },
                cancellationToken
            );

    // A try that failed leaves its rows with ids and a context of their own.
    private static SecurityEvent Copy(SecurityEvent entry) =>
        new()
        {
            Kind = entry.Kind,
            OccurredAt = entry.OccurredAt,
            UserId = entry.UserId,
            LeadId = entry.LeadId,
            ActorId = entry.ActorId,
            ActorName = entry.ActorName,
            Address = entry.Address,
            Details = entry.Details,
        };

    [LoggerMessage(
        LogLevel.Warning,
        "{Count} security events could not be recorded yet; the next try is in a few seconds"
    )]
    private partial void LogFailed(Exception exception, int count);

    [LoggerMessage(LogLevel.Error, "A security event ({Kind}) was not recorded: too many wait for the database")]
    private partial void LogLost(SecurityEventKind kind);
}
