using System.Threading.Channels;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People.Verification;

namespace ProPartHub.Web.Components.Verification;

/// <summary>Keeps <see cref="WaitingVerifications"/> up to date: at once after a change here, soon after one elsewhere.</summary>
internal sealed class VerificationWatch(
    VerificationQueries queries,
    VerificationSignal signal,
    WaitingVerifications waiting,
    TimeProvider time
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    private readonly Channel<bool> _told = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        signal.Changed += Wake;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await ReadAsync(stoppingToken);
                using var pause = new CancellationTokenSource(Pause, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, stoppingToken);
                await Task.WhenAny(_told.Reader.ReadAsync(either.Token).AsTask());
            }
        }
        finally
        {
            signal.Changed -= Wake;
        }
    }

    private void Wake() => _told.Writer.TryWrite(true);

    private async Task ReadAsync(CancellationToken stoppingToken)
    {
        try
        {
            waiting.Show(await queries.OverviewAsync(stoppingToken));
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            // The banner says so; the last reading stays.
        }
    }
}
