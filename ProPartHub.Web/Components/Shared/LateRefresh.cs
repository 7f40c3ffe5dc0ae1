namespace ProPartHub.Web.Components.Shared;

/// <summary>
/// Reads figures a while after something changed. What is asked for meanwhile is answered by the same reading, so a
/// storm of changes costs each page one reading in <see cref="Pause"/>. For one circuit, on its own thread.
/// </summary>
/// <param name="time">Clock.</param>
/// <param name="refresh">Reads and shows; deals with a missing database itself.</param>
/// <param name="closed">Cancelled when the page goes.</param>
internal sealed class LateRefresh(TimeProvider time, Func<Task> refresh, CancellationToken closed)
{
    /// <summary>How late figures may be.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private bool _isDue;

    /// <summary>Asks for a reading; needs not be awaited.</summary>
    public async Task AskAsync()
    {
        if (_isDue)
        {
            return;
        }

        _isDue = true;
        try
        {
            await Task.Delay(Pause, time, closed);
            _isDue = false;
            await refresh();
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            // The page was closed while waiting.
        }
    }
}
