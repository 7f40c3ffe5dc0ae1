using System.Collections.Concurrent;

namespace ProPartHub.HubSpotSandbox.Control;

/// <summary>The last API calls and counts of all since the start. Thread-safe.</summary>
public sealed class CallLog
{
    private const int Kept = 2_000;

    private readonly ConcurrentQueue<CallEntry> _entries = new();
    private readonly ConcurrentDictionary<string, int> _counters = new(StringComparer.Ordinal);

    /// <summary>The kept calls, oldest first.</summary>
    public IReadOnlyList<CallEntry> Entries => [.. _entries];

    /// <summary>Calls by kind and by status since the start.</summary>
    public IReadOnlyDictionary<string, int> Counters => new SortedDictionary<string, int>(_counters);

    public void Clear()
    {
        _entries.Clear();
        _counters.Clear();
    }

    internal void Add(CallEntry entry)
    {
        _entries.Enqueue(entry);
        while (_entries.Count > Kept)
            _entries.TryDequeue(out _);

        Count("calls");
        Count($"status {entry.Status}");
        if (entry.Path.EndsWith("/search", StringComparison.Ordinal))
            Count("searches");
        else if (entry.Path.Contains("/batch/", StringComparison.Ordinal))
            Count("batches");
        if (entry.Fault is not null)
            Count("disturbed");
    }

    private void Count(string name) => _counters.AddOrUpdate(name, 1, (_, count) => count + 1);
}

/// <summary>One API call as it was received and answered.</summary>
public sealed record CallEntry(DateTimeOffset At, string Method, string Path, string Query, string Body)
{
    /// <summary>0 when the caller got no answer.</summary>
    public int Status { get; private set; }

    public double Milliseconds { get; private set; }

    /// <summary>The fault that befell the call, in words.</summary>
    public string? Fault { get; private set; }

    internal void Disturb(Faults.Fault fault) => Fault = $"{fault.Kind}{(fault.AfterWrite ? " after the write" : "")}";

    internal void Finish(int status, TimeSpan took) => (Status, Milliseconds) = (status, took.TotalMilliseconds);
}
