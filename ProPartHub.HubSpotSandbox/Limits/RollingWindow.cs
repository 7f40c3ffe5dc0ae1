namespace ProPartHub.HubSpotSandbox.Limits;

/// <summary>Counts calls in the time just gone by. Not thread-safe.</summary>
internal sealed class RollingWindow(TimeSpan length)
{
    private readonly Queue<DateTimeOffset> _calls = new();

    public int Count(DateTimeOffset now)
    {
        while (_calls.TryPeek(out var oldest) && oldest <= now - length)
            _calls.Dequeue();
        return _calls.Count;
    }

    public void Add(DateTimeOffset now) => _calls.Enqueue(now);
}
