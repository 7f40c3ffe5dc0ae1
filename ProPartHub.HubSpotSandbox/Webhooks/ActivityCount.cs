namespace ProPartHub.HubSpotSandbox.Webhooks;

/// <summary>Counts what is going on, and lets others wait until nothing is.</summary>
internal sealed class ActivityCount
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _quiet = Completed();
    private int _count;

    public Task WhenQuietAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _quiet.Task.WaitAsync(cancellationToken);
    }

    public Ending Begin()
    {
        lock (_gate)
        {
            if (_count++ == 0)
                _quiet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return new Ending(this);
    }

    private void End()
    {
        lock (_gate)
        {
            if (--_count == 0)
                _quiet.SetResult();
        }
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    public sealed class Ending(ActivityCount count) : IDisposable
    {
        public void Dispose() => count.End();
    }
}
