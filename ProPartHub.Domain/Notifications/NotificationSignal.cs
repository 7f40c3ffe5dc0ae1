using ProPartHub.Domain.Live;

namespace ProPartHub.Domain.Notifications;

/// <summary>
/// Tells the open pages of a person, on whichever instance, that notifications came or were read. One for the process; safe
/// to call from any thread.
/// </summary>
public sealed class NotificationSignal
{
    /// <summary>Name of the notification channel; its payload is the person's id.</summary>
    public const string Channel = "propart_notifications";

    private readonly Listeners<Guid> _listeners = new();

    /// <summary>Calls back, on the publisher's thread, whenever something changes for a person; must return at once.</summary>
    public void Join(Guid userId, Action listener) => _listeners.Join(userId, listener);

    /// <summary>Ends what <see cref="Join"/> began.</summary>
    public void Leave(Guid userId, Action listener) => _listeners.Leave(userId, listener);

    /// <summary>Takes in what a database notification says; what is no id is passed over.</summary>
    internal void Hear(string payload)
    {
        if (Guid.TryParse(payload, out var userId))
        {
            _listeners.Tell(userId);
        }
    }

    /// <summary>Tells everybody: what was said while nobody listened is unknown.</summary>
    internal void HearAll() => _listeners.TellAll();
}
