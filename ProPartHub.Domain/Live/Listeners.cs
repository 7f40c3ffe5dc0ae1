namespace ProPartHub.Domain.Live;

/// <summary>Who in this process is to be told of what. Safe to call from any thread; a listener must return at once.</summary>
/// <typeparam name="TKey">What somebody listens for.</typeparam>
internal sealed class Listeners<TKey>
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, List<Action>> _listeners = [];

    public void Join(TKey key, Action listener)
    {
        lock (_gate)
        {
            if (!_listeners.TryGetValue(key, out var list))
            {
                _listeners.Add(key, list = []);
            }

            list.Add(listener);
        }
    }

    public void Leave(TKey key, Action listener)
    {
        lock (_gate)
        {
            if (_listeners.TryGetValue(key, out var list) && list.Remove(listener) && list.Count == 0)
            {
                _listeners.Remove(key);
            }
        }
    }

    /// <summary>Calls those who listen for it, on the caller's thread.</summary>
    public void Tell(TKey key) => Call(() => _listeners.GetValueOrDefault(key) ?? []);

    /// <summary>Calls everybody.</summary>
    public void TellAll() => Call(() => _listeners.Values.SelectMany(list => list));

    private void Call(Func<IEnumerable<Action>> choose)
    {
        Action[] listeners;
        lock (_gate)
        {
            listeners = [.. choose()];
        }

        foreach (var listener in listeners)
        {
            listener();
        }
    }
}
