using Microsoft.AspNetCore.Components.Authorization;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;

namespace ProPartHub.Web.Account;

/// <summary>
/// Who is using this circuit or static page, for the services' <see cref="Actor"/> parameter. Role and team are those
/// of the session: a change of either ends a circuit's session within a minute (<see cref="SessionCheck"/>), and a
/// cookie's claims are read anew as often, so they are at most that old.
/// </summary>
internal sealed class CurrentActor(
    AuthenticationStateProvider authentication,
    CircuitAddress circuit,
    IHttpContextAccessor http,
    RefusalLog refusals
)
{
    /// <summary>The signed-in person.</summary>
    /// <exception cref="UnauthorizedAccessException">Nobody is signed in, or no longer.</exception>
    public async ValueTask<Actor> GetAsync()
    {
        var state = await authentication.GetAuthenticationStateAsync();
        return state.User.ToActor(circuit.Value ?? http.HttpContext.ClientAddress(), refusals)
            ?? throw new UnauthorizedAccessException("Nobody is signed in.");
    }
}
