namespace ProPartHub.Domain.Notifications;

/// <summary>
/// Tells the open pages of a person, on whichever instance, that notifications came or were read. One for the process; safe
/// to call from any thread.
/// </summary>
public sealed class NotificationSignal
{
    /// <summary>Name of the notification channel; its payload is the person's id.</summary>
    public const string Channel = "propart_notifications";

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, List<Action>> _listeners = [];

    /// <summary>Calls back, on the publisher's thread, whenever something changes for a person; must return at once.</summary>
    public void Join(Guid userId, Action listener)
    {
        lock (_gate)
        {
            if (!_listeners.TryGetValue(userId, out var list))
            {
                _listeners.Add(userId, list = []);
            }

            list.Add(listener);
        }
    }

    /// <summary>Ends what <see cref="Join"/> began.</summary>
    public void Leave(Guid userId, Action listener)
    {
        lock (_gate)
        {
            if (_listeners.TryGetValue(userId, out var list) && list.Remove(listener) && list.Count == 0)
            {
                _listeners.Remove(userId);
            }
        }
    }

    /// <summary>Takes in what a database notification says; what is no id is passed over.</summary>
    internal void Hear(string payload)
    {
        if (Guid.TryParse(payload, out var userId))
        {
            Call([userId]);
        }
    }

    /// <summary>Tells everybody: what was said while nobody listened is unknown.</summary>
    internal void HearAll() => Call(null);

    private void Call(Guid[]? people)
    {
        List<Action> listeners;
        lock (_gate)
        {
            listeners =
            [
                .. people is null
                    ? _listeners.Values.SelectMany(list => list)
                    : people.SelectMany(id => _listeners.GetValueOrDefault(id) ?? []),
            ];
        }

        foreach (var listener in listeners)
        {
            listener();
        }
    }
}
