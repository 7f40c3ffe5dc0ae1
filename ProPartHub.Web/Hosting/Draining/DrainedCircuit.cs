using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.JSInterop;

namespace ProPartHub.Web.Hosting.Draining;

/// <summary>A circuit's page, while it is connected, as <see cref="CircuitDrain"/> knows it.</summary>
internal sealed class DrainedCircuit(CircuitDrain drain, IJSRuntime page) : CircuitHandler
{
    // Of hand-over.js.
    private const string HandOver = "hubHandOver";

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        drain.Opened(this, TellAsync);
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        drain.Closed(this);
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        drain.Closed(this);
        return Task.CompletedTask;
    }

    private async Task TellAsync(TimeSpan left)
    {
        try
        {
            await page.InvokeVoidAsync(HandOver, (int)left.TotalMilliseconds);
        }
        catch (Exception gone)
            when (gone
                    is JSException
                        or JSDisconnectedException
                        or OperationCanceledException
                        or InvalidOperationException
            )
        {
            // Left at this moment, or so new that it cannot be told yet: it meets the end as a lost connection.
        }
    }
}
