using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Audit;

/// <summary>
/// Records who opened which page, once for each person, page and hour. The page only hands the view over and waits for
/// nothing; a writer of its own stores it, tries again while the database is away, and at an orderly end of the process
/// stores what is left.
/// </summary>
public sealed partial class ViewLog(HubDatabase database, TimeProvider time, ILogger<ViewLog> logger)
    : BackgroundService
{
    /// <summary>Most views kept in memory while the database is away.</summary>
    public const int Capacity = 10_000;

    private const int BatchSize = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Channel<SecurityEvent> _views = Channel.CreateBounded<SecurityEvent>(
        // A refused write is told to the log; the caller, a page, must never wait.
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
    );

    /// <summary>Somebody opened a lead's page.</summary>
    public void SawLead(Actor actor, Guid leadId) =>
        HandOver(SecurityLog.AboutLead(SecurityEventKind.LeadViewed, actor, time, leadId));

    /// <summary>Somebody opened a person's page.</summary>
    public void SawPerson(Actor actor, Guid userId) =>
        HandOver(SecurityLog.Entry(SecurityEventKind.PersonViewed, actor, time, userId));

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _views.Writer.TryComplete();
        if (ExecuteTask is { } writing)
        {
            await writing.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await base.StopAsync(cancellationToken);
    }

    /// <summary>Stores what was handed over so far.</summary>
    internal async Task StoreAsync(CancellationToken cancellationToken)
    {
        var views = new List<SecurityEvent>();
        while (_views.Reader.TryRead(out var view))
        {
            views.Add(view);
            if (views.Count == BatchSize)
            {
                await StoreAsync(views, cancellationToken);
                views.Clear();
            }
        }

        await StoreAsync(views, cancellationToken);
    }

    // The end of the process closes the channel, and reading it to its end is what ends this.
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var views = new List<SecurityEvent>();
        while (await _views.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (views.Count < BatchSize && _views.Reader.TryRead(out var view))
            {
                views.Add(view);
            }

            await StoreForSureAsync(views, stoppingToken);
            views.Clear();
        }
    }

    private async Task StoreForSureAsync(List<SecurityEvent> views, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await StoreAsync(views, CancellationToken.None);
                return;
            }
            catch (Exception exception) when (DatabaseOutage.MayPass(exception))
            {
                LogFailed(exception, views.Count);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private Task StoreAsync(List<SecurityEvent> views, CancellationToken cancellationToken) =>
        views.Count == 0
            ? Task.CompletedTask
            : database.InTransactionAsync(
                async (db, token) =>
                {
                    // Two instances that saw the same person open the same page must not both write it.
                    await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey})", token);
                    var since = Hour(views.Min(view => view.OccurredAt));
                    var actors = views.Select(view => view.ActorId).Distinct().ToList();
                    var known = await db
                        .SecurityEvents.Where(row =>
                            (row.Kind == SecurityEventKind.LeadViewed || row.Kind == SecurityEventKind.PersonViewed)
                            && actors.Contains(row.ActorId)
                            && row.OccurredAt >= since
                        )
                        .Select(row => new ViewKey(row.Kind, row.ActorId, row.LeadId ?? row.UserId, row.OccurredAt))
                        .ToListAsync(token);
                    var seen = known.Select(key => key with { At = Hour(key.At) }).ToHashSet();
                    db.SecurityEvents.AddRange(views.Where(view => seen.Add(KeyOf(view))).Select(Copy));
                },
                cancellationToken
            );

    private void HandOver(SecurityEvent view)
    {
        if (view.ActorId is not null && !_views.Writer.TryWrite(view))
        {
            LogLost(view.Kind);
        }
    }

    // A try that failed leaves its rows with ids and a context of their own.
    private static SecurityEvent Copy(SecurityEvent view) =>
        new()
        {
            Kind = view.Kind,
            OccurredAt = view.OccurredAt,
            UserId = view.UserId,
            LeadId = view.LeadId,
            ActorId = view.ActorId,
            ActorName = view.ActorName,
            Address = view.Address,
        };

    private static ViewKey KeyOf(SecurityEvent view) =>
        new(view.Kind, view.ActorId, view.LeadId ?? view.UserId, Hour(view.OccurredAt));

    private static DateTimeOffset Hour(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    private const long LockKey = 0x50_50_48_56_49_45_57_53;

    private sealed record ViewKey(SecurityEventKind Kind, Guid? Actor, Guid? Thing, DateTimeOffset At);

    [LoggerMessage(
        LogLevel.Warning,
        "{Count} views of pages could not be recorded yet; the next try is in a few seconds"
    )]
    private partial void LogFailed(Exception exception, int count);

    [LoggerMessage(LogLevel.Error, "A view of a page ({Kind}) was not recorded: too many wait for the database")]
    private partial void LogLost(SecurityEventKind kind);
}
