using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using ProPartHub.Web.Components.Layout;

namespace ProPartHub.Web.Components;

public sealed partial class App
{
    private Appearance _appearance = null!;
    private string _themeHref = ThemeStylesheet.Path;

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [Inject]
    private ThemeStylesheet Theme { get; set; } = null!;

    // Account and error pages are plain documents: they must work without a circuit, and only they can set cookies.
    private bool IsStaticPage => !HttpContext.AcceptsInteractiveRouting();

    private IComponentRenderMode? Mode => IsStaticPage ? null : RenderMode.InteractiveServer;

    protected override async Task OnInitializedAsync()
    {
        _appearance = Appearance.From(HttpContext.Request.Cookies);
        _themeHref = (await Theme.GetAsync()).Href;
    }
}
