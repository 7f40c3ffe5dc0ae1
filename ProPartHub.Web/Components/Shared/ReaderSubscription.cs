namespace ProPartHub.Web.Components.Shared;

/// <summary>
/// Listens to an event of the whole process on behalf of one reader: the listener runs in the context, and so in the
/// language, in which the subscription was made, and not in those of whoever raised the event.
/// </summary>
internal sealed class ReaderSubscription : IDisposable
{
    private readonly ExecutionContext _reader = ExecutionContext.Capture()!;
    private readonly Action _listener;
    private readonly Action<Action> _leave;

    /// <param name="join">Adds a handler to the event.</param>
    /// <param name="leave">Takes it off again.</param>
    /// <param name="listener">Called on the publisher's thread.</param>
    public ReaderSubscription(Action<Action> join, Action<Action> leave, Action listener)
    {
        (_leave, _listener) = (leave, listener);
        join(Hear);
    }

    public void Dispose() => _leave(Hear);

    private void Hear() => ExecutionContext.Run(_reader, _ => _listener(), null);
}
