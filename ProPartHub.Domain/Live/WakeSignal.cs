using System.Threading.Channels;

namespace ProPartHub.Domain.Live;

/// <summary>
/// Wakes a loop of this process before its next look. Only a wake-up: the rows are the truth, and the loop looks at them by
/// itself too. For one waiting loop.
/// </summary>
public class WakeSignal
{
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>There may be something to do. May be called from anywhere, as often as one likes.</summary>
    public void Wake() => _wakes.Writer.TryWrite(true);

    /// <summary>Returns at the next wake, at once where one came since the last wait, or when the time is up.</summary>
    /// <param name="longest">The time.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _wakes.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time is up.
        }
    }
}
