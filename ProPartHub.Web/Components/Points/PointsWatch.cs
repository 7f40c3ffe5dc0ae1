using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Points;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Web.Components.Points;

/// <summary>Keeps <see cref="PointsSwitch"/> up to date: soon after the rules or anybody's points change, here or elsewhere.</summary>
internal sealed class PointsWatch(
    HubDatabase database,
    AgencySignal signal,
    PointsSwitch points,
    WorkLog work,
    TimeProvider time
) : BackgroundService
{
    // For what was told while the database was away.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly WakeSignal _told = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        signal.Join(AgencyTopic.Points, _told.Wake);
        try
        {
            while (true)
            {
                await ReadAsync(stoppingToken);
                await _told.WaitAsync(Pause, time, stoppingToken);
            }
        }
        finally
        {
            signal.Leave(AgencyTopic.Points, _told.Wake);
        }
    }

    private async Task ReadAsync(CancellationToken stoppingToken)
    {
        try
        {
            var settings = new PointSettings(database, time);
            points.Show(await work.RunAsync(BackgroundWork.PointsSwitch, () => settings.IsOnAsync(stoppingToken)));
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            // The banner says so; the last reading stays.
        }
    }
}
