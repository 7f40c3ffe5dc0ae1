using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Documents;

/// <summary>Removes documents for good, once they can no longer be brought back; their contents go with the sweep of files.</summary>
public sealed partial class DocumentSweep(
    HubDatabase database,
    WorkLog work,
    TimeProvider time,
    ILogger<DocumentSweep> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(6);

    /// <summary>Does it now. Several instances may do so side by side.</summary>
    /// <returns>How many documents are gone.</returns>
    public Task<int> RunAsync(CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            (db, token) =>
            {
                var before = time.GetUtcNow() - Document.KeptFor;
                return db.Documents.Where(row => row.RemovedAt < before).ExecuteDeleteAsync(token);
            },
            cancellationToken
        );

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        work.Expect(BackgroundWork.DocumentSweep);
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await work.RunAsync(BackgroundWork.DocumentSweep, () => RunAsync(stoppingToken));
            }
            catch (Exception failure) when (DatabaseOutage.MayPass(failure))
            {
                LogFailure(failure);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Removed documents could not be swept; the next try is in six hours")]
    private partial void LogFailure(Exception failure);
}
