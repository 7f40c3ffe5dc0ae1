using Microsoft.AspNetCore.Components.Server.Circuits;

namespace ProPartHub.Web.Hosting.Draining;

internal static class DrainHosting
{
    /// <summary>Has the instance drained before it stops.</summary>
    public static void AddCircuitDrain(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CircuitDrain>();
        builder.Services.AddScoped<CircuitHandler, DrainedCircuit>();
        builder.Services.AddSingleton<IHostLifetime, DrainingLifetime>();
        builder.Services.AddHealthChecks().AddCheck<DrainHealthCheck>("stopping");
    }
}
