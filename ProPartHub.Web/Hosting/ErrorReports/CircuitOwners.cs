using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using ProPartHub.Web.Account;

namespace ProPartHub.Web.Hosting.ErrorReports;

/// <summary>Whose each open circuit is, by ids.</summary>
internal sealed class CircuitOwners
{
    private readonly ConcurrentDictionary<string, string> _owners = new();

    /// <summary>The person of a circuit; null for a visitor's, or one that is not open.</summary>
    public string? Of(string? circuitId) => circuitId is null ? null : _owners.GetValueOrDefault(circuitId);

    public void Opened(string circuitId, string userId) => _owners[circuitId] = userId;

    public void Closed(string circuitId) => _owners.TryRemove(circuitId, out _);
}

/// <summary>Keeps <see cref="CircuitOwners"/>.</summary>
internal sealed class CircuitOwnership(CircuitOwners owners, AuthenticationStateProvider authentication)
    : CircuitHandler
{
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if ((await authentication.GetAuthenticationStateAsync()).User.SessionOwner() is { } userId)
        {
            owners.Opened(circuit.Id, userId.ToString());
        }
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        owners.Closed(circuit.Id);
        return Task.CompletedTask;
    }
}
