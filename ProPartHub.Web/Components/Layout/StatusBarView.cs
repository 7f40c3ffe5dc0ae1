using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Layout;

/// <summary>A component that shows part of <see cref="StatusBarState"/> and follows its changes.</summary>
public abstract class StatusBarView : ComponentBase, IDisposable
{
    [Inject]
    protected StatusBarState State { get; set; } = null!;

    [Inject]
    protected AgencyTime Time { get; set; } = null!;

    [Inject]
    protected IStringLocalizer<SharedTexts> T { get; set; } = null!;

    public void Dispose()
    {
        State.Changed -= Refresh;
        GC.SuppressFinalize(this);
    }

    protected override void OnInitialized() => State.Changed += Refresh;

    protected string Clock(DateTimeOffset? moment) => moment is { } known ? $"{Time.Local(known):HH:mm}" : string.Empty;

    private void Refresh() => _ = InvokeAsync(StateHasChanged);
}
