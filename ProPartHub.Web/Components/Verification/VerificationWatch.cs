using ProPartHub.Domain.Data;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Web.Components.Verification;

/// <summary>Keeps <see cref="WaitingVerifications"/> up to date: at once after a change here, soon after one elsewhere.</summary>
internal sealed class VerificationWatch(
    VerificationQueries queries,
    VerificationSignal signal,
    WaitingVerifications waiting,
    WorkLog work,
    TimeProvider time
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    private readonly WakeSignal _told = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        signal.Changed += _told.Wake;
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
            signal.Changed -= _told.Wake;
        }
    }

    private async Task ReadAsync(CancellationToken stoppingToken)
    {
        try
        {
            waiting.Show(await work.RunAsync(BackgroundWork.Verifications, () => queries.OverviewAsync(stoppingToken)));
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            // The banner says so; the last reading stays.
        }
    }
}
