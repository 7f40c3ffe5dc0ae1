using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Catalogue.Sharing;

/// <summary>
/// Removes the visits of days that are over (UTC), also of links that nobody opens any more; how often a link was seen stays.
/// </summary>
public sealed partial class SharedVisitSweep(
    HubDatabase database,
    WorkLog work,
    TimeProvider time,
    ILogger<SharedVisitSweep> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Does it now. Several instances may do so side by side.</summary>
    /// <returns>How many visits are gone.</returns>
    public Task<int> RunAsync(CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            (db, token) =>
            {
                var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
                return db.SharedLinkVisits.Where(row => row.Day < today).ExecuteDeleteAsync(token);
            },
            cancellationToken
        );

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        work.Expect(BackgroundWork.SharedVisits);
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await work.RunAsync(BackgroundWork.SharedVisits, () => RunAsync(stoppingToken));
            }
            catch (Exception failure) when (DatabaseOutage.MayPass(failure))
            {
                LogFailure(failure);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Visits of shared links could not be swept; the next try is in an hour")]
    private partial void LogFailure(Exception failure);
}
