using System.Collections.Concurrent;

namespace ProPartHub.Domain.People.Sessions;

/// <summary>
/// Tells this process whose sessions have just ended, on whichever instance: circuits and requests of those people are
/// asked at once instead of within a minute. One for the process; safe to call from any thread.
/// </summary>
public sealed class SessionEnds(TimeProvider time)
{
    /// <summary>Name of the notification channel; its payload is the person's id.</summary>
    public const string Channel = "propart_sessions";

    // Longer than the minute after which every session is asked anyway.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _ended = new();

    /// <summary>Raised with the id of a person of whom at least one session ended; handlers must return at once.</summary>
    public event Action<Guid>? Ended;

    /// <summary>Whether a session of the person ended within the last two minutes.</summary>
    public bool IsRecent(Guid userId) => _ended.TryGetValue(userId, out var at) && time.GetUtcNow() - at < Remembered;

    /// <summary>Takes in what a notification says; what is no id is passed over.</summary>
    internal void Hear(string payload)
    {
        if (!Guid.TryParse(payload, out var userId))
        {
            return;
        }

        var now = time.GetUtcNow();
        foreach (var (old, at) in _ended)
        {
            if (now - at >= Remembered)
            {
                _ended.TryRemove(old, out _);
            }
        }

        _ended[userId] = now;
        Ended?.Invoke(userId);
    }
}
