using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Boards.Wall;

/// <content>The wall's script: gliding cards, a screen that stays awake, a page that comes back by itself (<c>js/wall.js</c>).</content>
public sealed partial class WallPage
{
    private ElementReference _element;
    private PageScript<WallPage>? _script;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _script = new PageScript<WallPage>(this);
            await _script.StartAsync(JS, Assets["js/wall.js"], "hang", _element);
        }
    }
}
