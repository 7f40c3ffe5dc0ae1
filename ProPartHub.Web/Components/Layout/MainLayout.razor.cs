using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace ProPartHub.Web.Components.Layout;

public sealed partial class MainLayout
{
    private ErrorBoundary? _boundary;
    private string? _shownAddress;

    [Inject]
    private NavigationManager Address { get; set; } = null!;

    protected override void OnParametersSet()
    {
        // Going to another page is a way out of a failed one.
        if (_shownAddress != Address.Uri)
        {
            _shownAddress = Address.Uri;
            Recover();
        }
    }

    private void Recover() => _boundary?.Recover();
}
