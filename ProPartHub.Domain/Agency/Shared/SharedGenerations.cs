namespace ProPartHub.Domain.Agency.Shared;

/// <summary>
/// Under which name this process keeps what it reads of each topic. The feed's listener writes it: whoever has a name has heard
/// of the commit that gave it, so that what is read from then on is at least as new as the name. Nothing has a name while
/// changes are not heard. One for the process; safe to call from any thread.
/// </summary>
public sealed class SharedGenerations
{
    /// <summary>Name of the notification channel; its payload is the topic, a space and the generation.</summary>
    public const string Channel = "propart_shared";

    private readonly Lock _gate = new();
    private readonly Dictionary<AgencyTopic, string> _names = [];
    private bool _isKnown;

    /// <summary>The name of a topic; null where it is not known, and nothing may be kept.</summary>
    public string? NameOf(AgencyTopic topic)
    {
        lock (_gate)
        {
            return _isKnown ? _names.GetValueOrDefault(topic) : null;
        }
    }

    /// <summary>Notifications come in from now on; what held before is unknown until <see cref="Begin"/>.</summary>
    internal void Listen() => Forget();

    /// <summary>
    /// Takes the names that the database has. What was heard since <see cref="Listen"/> stays: it is newer, or the newer is on
    /// its way.
    /// </summary>
    internal void Begin(IEnumerable<SharedReading> rows)
    {
        lock (_gate)
        {
            foreach (var row in rows)
            {
                _names.TryAdd(row.Topic, row.Generation.ToString("N"));
            }

            _isKnown = true;
        }
    }

    /// <summary>Takes in what a database notification says; what is no topic is passed over.</summary>
    internal void Hear(string payload)
    {
        if (
            payload.Split(' ') is [var name, var generation]
            && Enum.TryParse<AgencyTopic>(name, out var topic)
            && Guid.TryParse(generation, out var given)
        )
        {
            lock (_gate)
            {
                _names[topic] = given.ToString("N");
            }
        }
    }

    /// <summary>
    /// This process has changed something of the topic and committed: its people read it anew at once, not only once the
    /// notification is here. The name made up for that is this process's own.
    /// </summary>
    internal void Change(AgencyTopic topic)
    {
        lock (_gate)
        {
            if (_isKnown)
            {
                _names[topic] = Guid.NewGuid().ToString("N");
            }
        }
    }

    /// <summary>Changes are not heard any more.</summary>
    internal void Forget()
    {
        lock (_gate)
        {
            _isKnown = false;
            _names.Clear();
        }
    }
}
