namespace ProPartHub.Tests.HubSpot.Histories;

/// <summary>The process was killed: nothing that follows reaches HubSpot.</summary>
internal sealed class KilledException : Exception;

/// <summary>
/// The wire to HubSpot. Something may happen at chosen calls: an edit between the sync's reading and its writing, or the
/// end of the process just before or just after HubSpot has done what it was asked for.
/// </summary>
internal sealed class Wire : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<int, Func<Task>> _interludes = [];
    private (int Call, bool AfterAnswer)? _kill;
    private int _calls;
    private bool _isDead;

    /// <summary>What the client is given.</summary>
    public DelegatingHandler Handler() => new Tap(this);

    /// <summary>Lets something happen before the n-th call from now, counted from one.</summary>
    public void At(int call, Func<Task> interlude) => _interludes[_calls + call] = interlude;

    /// <summary>Kills at the n-th call from now, counted from one.</summary>
    public void KillAt(int call, bool afterAnswer) => _kill = (_calls + call, afterAnswer);

    /// <summary>A new process: what was planned for the old one is forgotten.</summary>
    public void Revive()
    {
        (_isDead, _kill) = (false, null);
        _interludes.Clear();
    }

    public void Dispose() => _gate.Dispose();

    private sealed class Tap(Wire wire) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            await wire._gate.WaitAsync(cancellationToken);
            try
            {
                var call = ++wire._calls;
                if (wire._interludes.Remove(call, out var interlude))
                {
                    await interlude();
                }

                var isLast = wire._kill?.Call == call;
                wire._isDead |= isLast && !wire._kill!.Value.AfterAnswer;
                if (wire._isDead)
                {
                    throw new KilledException();
                }

                var answer = await base.SendAsync(request, cancellationToken);
                if (isLast)
                {
                    wire._isDead = true;
                    answer.Dispose();
                    throw new KilledException();
                }

                return answer;
            }
            finally
            {
                wire._gate.Release();
            }
        }
    }
}
