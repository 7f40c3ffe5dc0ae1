using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR.Client;

namespace ProPartHub.Benchmarks.Circuits;

/// <content>What browsers do on bad days: lose the connection, come back to their circuit, take no more than they can.</content>
public sealed partial class CircuitClient
{
    private readonly ConcurrentQueue<long> _unacknowledged = new();
    private volatile bool _isHolding;
    private int _batches;
    private ClientWebSocket? _socket;

    /// <summary>Batches that have come.</summary>
    public int Batches => _batches;

    /// <summary>From now on no batch is acknowledged, as by a browser that is too slow to show it.</summary>
    public void HoldBack() => _isHolding = true;

    /// <summary>Acknowledges what was held back, and again each batch as it comes.</summary>
    public async Task CatchUpAsync()
    {
        _isHolding = false;
        while (_unacknowledged.TryDequeue(out var id))
        {
            await _hub.SendAsync("OnRenderCompleted", id, (string?)null);
        }
    }

    /// <summary>Cuts the connection without goodbye, and waits until this side has noticed.</summary>
    public async Task CutAsync(CancellationToken cancellationToken)
    {
        _socket!.Abort();
        while (_hub.State is not HubConnectionState.Disconnected)
        {
            await Task.Delay(10, cancellationToken);
        }
    }

    /// <summary>Connects anew and asks for the circuit of before, as Blazor's script does.</summary>
    /// <returns>False where the server has let go of it: a browser then loads the page anew.</returns>
    public async Task<bool> ReconnectAsync(CancellationToken cancellationToken)
    {
        await _hub.StartAsync(cancellationToken);
        return await _hub.InvokeAsync<bool>("ConnectCircuit", _secret, cancellationToken);
    }

    private async ValueTask<WebSocket> ConnectAsync(
        WebSocketConnectionContext context,
        CancellationToken cancellationToken
    )
    {
        _socket = new ClientWebSocket { Options = { Cookies = _cookies } };
        await _socket.ConnectAsync(context.Uri, cancellationToken);
        return _socket;
    }

    private Task AcknowledgeAsync(long id)
    {
        Interlocked.Increment(ref _batches);
        if (_isHolding)
        {
            _unacknowledged.Enqueue(id);
            return Task.CompletedTask;
        }

        return _hub.SendAsync("OnRenderCompleted", id, (string?)null);
    }
}
