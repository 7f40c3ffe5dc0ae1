namespace ProPartHub.Web.Account;

/// <summary>What a limit says about one try.</summary>
/// <param name="IsAllowed">Whether it may go on.</param>
/// <param name="Wait">When not: after how long the next one may.</param>
/// <param name="IsFirstRefusal">When not: whether it is the first of its key since one was allowed.</param>
internal readonly record struct Admission(bool IsAllowed, TimeSpan Wait, bool IsFirstRefusal);

/// <summary>
/// Allows each key a number of tries in any stretch of time. Refused tries do not count.
/// </summary>
/// <remarks>
/// The framework's SlidingWindowRateLimiter reads the machine's clock and could be tested only by waiting, and
/// PartitionedRateLimiter bounds neither the number of its partitions nor says when the next try is due. Memory is
/// bounded here: beyond <paramref name="capacity"/> keys the one unused for longest is forgotten.
/// </remarks>
internal sealed class SlidingWindow(int permits, TimeSpan length, int capacity, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Tries>> _byKey = [];
    private readonly LinkedList<Tries> _byUse = [];

    public Admission Enter(string key)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var tries = Use(key);
            while (tries.Times.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) >= length)
            {
                tries.Times.Dequeue();
            }

            if (tries.Times.Count < permits)
            {
                tries.Times.Enqueue(now);
                tries.WasRefused = false;
                return new(true, TimeSpan.Zero, false);
            }

            var isFirst = !tries.WasRefused;
            tries.WasRefused = true;
            return new(false, length - time.GetElapsedTime(tries.Times.Peek(), now), isFirst);
        }
    }

    private Tries Use(string key)
    {
        if (_byKey.TryGetValue(key, out var node))
        {
            _byUse.Remove(node);
        }
        else
        {
            if (_byKey.Count >= capacity)
            {
                _byKey.Remove(_byUse.First!.Value.Key);
                _byUse.RemoveFirst();
            }

            node = new(new(key, permits));
            _byKey.Add(key, node);
        }

        _byUse.AddLast(node);
        return node.Value;
    }

    private sealed class Tries(string key, int permits)
    {
        public string Key => key;

        // Small limits are allotted whole; a large one grows with use.
        public Queue<long> Times { get; } = new(Math.Min(permits, 8));

        public bool WasRefused { get; set; }
    }
}
