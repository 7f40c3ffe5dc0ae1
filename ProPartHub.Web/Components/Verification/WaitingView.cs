using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using ProPartHub.Web.Components.Layout;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Verification;

/// <summary>A component that shows part of <see cref="WaitingVerifications"/> and follows its changes.</summary>
public abstract class WaitingView : PersonView, IDisposable
{
    private ReaderSubscription? _changes;

    [Inject]
    protected WaitingVerifications Waiting { get; set; } = null!;

    protected ClaimsPrincipal Reader => Person ?? new();

    public void Dispose()
    {
        _changes?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override void OnInitialized() =>
        _changes = new ReaderSubscription(
            handler => Waiting.Changed += handler,
            handler => Waiting.Changed -= handler,
            () => _ = InvokeAsync(StateHasChanged)
        );
}
