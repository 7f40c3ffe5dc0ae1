using System.Security.Claims;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Web.Account;

namespace ProPartHub.Web.Components.Verification;

/// <summary>One for the process: who waits for what, for the menus of every open page without a query of their own.</summary>
public sealed class WaitingVerifications
{
    private volatile VerificationOverview _overview = new(new Dictionary<Guid, int>(), new HashSet<Guid>());

    /// <summary>Raised after every reading that changed something, on any thread.</summary>
    public event Action? Changed;

    /// <summary>Requests that wait for a decision of this person.</summary>
    public int For(ClaimsPrincipal user) =>
        user.Role() switch
        {
            Role.Admin => _overview.WaitingByTeam.Values.Sum(),
            Role.Manager when user.TeamId() is { } team => _overview.WaitingByTeam.GetValueOrDefault(team),
            _ => 0,
        };

    /// <summary>Whether this person is an agent who is not verified.</summary>
    public bool IsUnverified(ClaimsPrincipal user) => user.UserId() is { } id && _overview.Unverified.Contains(id);

    /// <summary>Takes a new reading.</summary>
    public void Show(VerificationOverview next)
    {
        var before = _overview;
        _overview = next;
        if (
            !next.Unverified.SetEquals(before.Unverified)
            || !next
                .WaitingByTeam.OrderBy(team => team.Key)
                .SequenceEqual(before.WaitingByTeam.OrderBy(team => team.Key))
        )
        {
            Changed?.Invoke();
        }
    }
}
