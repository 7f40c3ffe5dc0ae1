using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Verification;

/// <summary>A component that shows part of <see cref="WaitingVerifications"/> and follows its changes.</summary>
public abstract class WaitingView : ComponentBase, IDisposable
{
    private ReaderSubscription? _changes;

    [CascadingParameter]
    private Task<AuthenticationState>? Session { get; set; }

    [Inject]
    protected WaitingVerifications Waiting { get; set; } = null!;

    protected ClaimsPrincipal Reader { get; private set; } = new();

    public void Dispose()
    {
        _changes?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override async Task OnInitializedAsync()
    {
        _changes = new ReaderSubscription(
            handler => Waiting.Changed += handler,
            handler => Waiting.Changed -= handler,
            () => _ = InvokeAsync(StateHasChanged)
        );
        Reader = Session is null ? new() : (await Session).User;
    }
}
