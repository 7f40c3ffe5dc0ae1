using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Leads;

/// <summary>Reads HubSpot's options into the process's book at start and whenever the feed says "read again".</summary>
public sealed partial class LeadOptionWatch(
    HubDatabase database,
    LeadOptionBook book,
    LeadFeed feed,
    WorkLog work,
    TimeProvider time,
    ILogger<LeadOptionWatch> logger
) : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    /// <summary>Reads the options now.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        book.Replace(await db.LeadOptions.ToListAsync(cancellationToken));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Joined before the first reading: what changes in between is read twice rather than missed.
        await using var pump = feed.Start(
            Actor.System,
            batch =>
                batch.MustRefresh
                    ? work.RunAsync(BackgroundWork.LeadOptions, () => ReadAsync(stoppingToken))
                    : Task.CompletedTask
        );
        while (!await TryReadAsync(stoppingToken))
        {
            await Task.Delay(Retry, time, stoppingToken);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken);
    }

    private async Task<bool> TryReadAsync(CancellationToken stoppingToken)
    {
        try
        {
            await work.RunAsync(BackgroundWork.LeadOptions, () => ReadAsync(stoppingToken));
            return true;
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            // Until the database answers, the agency's own options are offered.
            LogFailure(failure);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "HubSpot's options could not be read yet")]
    private partial void LogFailure(Exception failure);
}
