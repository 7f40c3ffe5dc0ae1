using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Layout;

/// <summary>A component that shows part of <see cref="StatusBarState"/> and follows its changes.</summary>
public abstract class StatusBarView : ComponentBase, IDisposable
{
    private readonly (CultureInfo Formats, CultureInfo Texts) _language = (
        CultureInfo.CurrentCulture,
        CultureInfo.CurrentUICulture
    );

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

    // The change comes from a background service, in the process's language and not in the reader's.
    private void Refresh() =>
        _ = InvokeAsync(() =>
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _language;
            StateHasChanged();
        });
}
