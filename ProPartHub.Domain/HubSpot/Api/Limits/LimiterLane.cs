namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>One bucket: its window, those who wait for it in order of priority, and the timer that serves them.</summary>
internal sealed class LimiterLane(HubSpotBucket bucket, RollingWindow window, ITimer timer) : IDisposable
{
    private readonly LinkedList<Waiter>[] _waiting =
    [
        .. Enum.GetValues<HubSpotPriority>().Select(_ => new LinkedList<Waiter>()),
    ];

    public HubSpotBucket Bucket => bucket;

    public RollingWindow Window => window;

    public LinkedListNode<Waiter> Join(HubSpotPriority priority) =>
        _waiting[(int)priority].AddLast(new Waiter(priority));

    /// <summary>Takes one out of the queue; false if it is no longer there.</summary>
    public static bool Leave(LinkedListNode<Waiter> node)
    {
        if (node.List is null)
        {
            return false;
        }

        node.List.Remove(node);
        return true;
    }

    public LinkedListNode<Waiter>? First(bool withBackfill) =>
        _waiting
            .Take(withBackfill ? _waiting.Length : (int)HubSpotPriority.Backfill)
            .FirstOrDefault(queue => queue.First is not null)
            ?.First;

    public int Waiting(HubSpotPriority priority) => _waiting[(int)priority].Count;

    /// <summary>Serves the queue again after this time, or never if null. A later call replaces an earlier one.</summary>
    public void WakeIn(TimeSpan? delay) =>
        timer.Change(
            // Timers count whole milliseconds: less than one would spin.
            delay is { } due
                ? TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(due.TotalMilliseconds)))
                : Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );

    public void Dispose() => timer.Dispose();

    internal sealed class Waiter(HubSpotPriority priority)
        : TaskCompletionSource<HubSpotPlace>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public HubSpotPriority Priority => priority;
    }
}
