using Microsoft.AspNetCore.Components.Server.Circuits;

namespace ProPartHub.Web.Account;

/// <summary>
/// The network address a circuit is used from. A circuit has no request of its own; while its connection comes up, the
/// request of that connection is still at hand.
/// </summary>
internal sealed class CircuitAddress(IHttpContextAccessor http) : CircuitHandler
{
    public string? Value { get; private set; }

    // Before any handler that might want to record something.
    public override int Order => -100;

    // Also after a reconnection: a phone that left the office comes back from another network.
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Value = http.HttpContext.ClientAddress() ?? Value;
        return Task.CompletedTask;
    }
}
