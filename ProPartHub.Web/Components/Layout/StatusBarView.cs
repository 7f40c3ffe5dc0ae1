using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Layout;

/// <summary>A component that shows part of <see cref="StatusBarState"/> and follows its changes.</summary>
public abstract class StatusBarView : ComponentBase, IDisposable
{
    private ReaderSubscription? _changes;

    [Inject]
    protected StatusBarState State { get; set; } = null!;

    [Inject]
    protected AgencyTime Time { get; set; } = null!;

    [Inject]
    protected IStringLocalizer<SharedTexts> T { get; set; } = null!;

    public void Dispose()
    {
        _changes?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override void OnInitialized() =>
        _changes = new ReaderSubscription(
            handler => State.Changed += handler,
            handler => State.Changed -= handler,
            () => _ = InvokeAsync(StateHasChanged)
        );

    protected string Clock(DateTimeOffset? moment) => moment is { } known ? $"{Time.Local(known):HH:mm}" : string.Empty;
}
