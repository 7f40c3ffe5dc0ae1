using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Serilog.Context;

namespace ProPartHub.Web.Hosting.Logging;

/// <summary>
/// Names the circuit and its signed-in person (by id only) on every line logged while a click or a key of theirs is
/// handled: a circuit has no HTTP request that could carry them.
/// </summary>
internal sealed class CircuitLogIdentity(AuthenticationStateProvider authentication) : CircuitHandler
{
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(
        Func<CircuitInboundActivityContext, Task> next
    ) =>
        async activity =>
        {
            var user = (await authentication.GetAuthenticationStateAsync()).User;
            using (LogContext.PushProperty("CircuitId", activity.Circuit.Id))
            using (LogContext.PushProperty("UserId", user.FindFirstValue(ClaimTypes.NameIdentifier)))
            {
                await next(activity);
            }
        };
}
