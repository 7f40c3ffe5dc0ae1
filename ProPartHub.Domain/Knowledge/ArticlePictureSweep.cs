using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Knowledge;

/// <summary>
/// Removes pictures that no version and no draft shows; their contents go with the sweep of files. What is typed and not
/// stored yet may name them for as long as browsers keep it.
/// </summary>
public sealed partial class ArticlePictureSweep(
    HubDatabase database,
    WorkLog work,
    TimeProvider time,
    ILogger<ArticlePictureSweep> logger
) : BackgroundService
{
    /// <summary>So long a picture waits for a text: a day longer than browsers keep what was typed.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(8);

    private static readonly TimeSpan Pause = TimeSpan.FromHours(6);

    /// <summary>Does it now. Several instances may do so side by side.</summary>
    /// <returns>How many pictures are gone.</returns>
    public Task<int> RunAsync(CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var before = time.GetUtcNow() - KeptFor;
                var stale = await db
                    .ArticlePictures.FromSql(
                        $"""
                        SELECT * FROM article_pictures p WHERE uploaded_at < {before}
                        AND NOT EXISTS (SELECT FROM article_picture_uses u WHERE u.picture_id = p.id)
                        FOR UPDATE SKIP LOCKED
                        """
                    )
                    .AsNoTracking()
                    .ToListAsync(token);
                var ids = stale.ConvertAll(row => row.Id);
                // Looked at again now that they are locked: who has just put one into a text was faster.
                return await db
                    .ArticlePictures.Where(row =>
                        ids.Contains(row.Id) && !db.ArticlePictureUses.Any(use => use.PictureId == row.Id)
                    )
                    .ExecuteDeleteAsync(token);
            },
            cancellationToken
        );

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        work.Expect(BackgroundWork.ArticlePictures);
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await work.RunAsync(BackgroundWork.ArticlePictures, () => RunAsync(stoppingToken));
            }
            catch (Exception failure) when (DatabaseOutage.MayPass(failure))
            {
                LogFailure(failure);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Pictures of articles could not be swept; the next try is in six hours")]
    private partial void LogFailure(Exception failure);
}
