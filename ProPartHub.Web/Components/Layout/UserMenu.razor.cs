using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using ProPartHub.Web.Components.Points;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Layout;

public sealed partial class UserMenu : PersonView, IDisposable
{
    // From the most to the least powerful: a person with two roles is called by the stronger.
    private static readonly string[] Roles = ["Admin", "Manager", "Agent"];

    private ReaderSubscription? _pointsSwitched;

    [Inject]
    private PointsSwitch Points { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose() => _pointsSwitched?.Dispose();

    /// <inheritdoc/>
    protected override void OnInitialized() =>
        _pointsSwitched = new ReaderSubscription(
            listener => Points.Changed += listener,
            listener => Points.Changed -= listener,
            () => _ = InvokeAsync(StateHasChanged)
        );

    private static string Name(ClaimsPrincipal user) => user.Identity?.Name is { Length: > 0 } name ? name : "?";

    private static string? Role(ClaimsPrincipal user) => Array.Find(Roles, user.IsInRole);
}
