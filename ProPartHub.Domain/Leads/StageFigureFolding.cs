using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Leads;

/// <summary>
/// Folds the rows of <see cref="StageFigure"/> together every minute: as many remain as there are pairs of stage and
/// agent. Safe on several instances at once, since a row can be deleted only once.
/// </summary>
public sealed partial class StageFigureFolding(
    HubDatabase database,
    WorkLog work,
    TimeProvider time,
    ILogger<StageFigureFolding> logger
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Puts one row in place of the many of each stage, agent and team. Readers see all of it or nothing, and rows that
    /// appear meanwhile are left for the next time.
    /// </summary>
    public Task FoldAsync(CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            (db, token) =>
                db.Database.ExecuteSqlAsync(
                    $"""
                    WITH folded AS (
                        DELETE FROM stage_figures AS figure
                        USING (
                            SELECT stage_id, agent_id, team_id FROM stage_figures
                            GROUP BY stage_id, agent_id, team_id HAVING count(*) > 1
                        ) AS many
                        WHERE figure.stage_id = many.stage_id
                            AND figure.agent_id IS NOT DISTINCT FROM many.agent_id
                            AND figure.team_id IS NOT DISTINCT FROM many.team_id
                        RETURNING figure.*
                    )
                    INSERT INTO stage_figures (stage_id, agent_id, team_id, leads, budget_sum)
                    SELECT stage_id, agent_id, team_id, sum(leads), sum(budget_sum) FROM folded
                    GROUP BY stage_id, agent_id, team_id
                    HAVING sum(leads) <> 0 OR sum(budget_sum) <> 0
                    """,
                    token
                ),
            cancellationToken
        );

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        work.Expect(BackgroundWork.StageFigures);
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await work.RunAsync(BackgroundWork.StageFigures, () => FoldAsync(stoppingToken));
            }
            catch (Exception exception) when (DatabaseOutage.Is(exception))
            {
                // The figures stay right without it, only slower to add up.
                LogFailed(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The figures of the stages could not be folded; the next try is in a minute")]
    private partial void LogFailed(Exception exception);
}
