using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ProPartHub.Web.Components.Boards.Wall;

/// <content>The wall's script: gliding cards, a screen that stays awake, a page that comes back by itself (<c>js/wall.js</c>).</content>
public sealed partial class WallPage
{
    private ElementReference _element;
    private IJSObjectReference? _script;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        try
        {
            await using var module = await JS.InvokeAsync<IJSObjectReference>("import", "./" + Assets["js/wall.js"]);
            _script = await module.InvokeAsync<IJSObjectReference>("hang", _element);
        }
        catch (JSDisconnectedException)
        {
            // The wall was left before its script came.
        }

        if (_closed.IsCancellationRequested)
        {
            await LeaveScriptAsync();
        }
    }

    private async Task LeaveScriptAsync()
    {
        try
        {
            if (_script is { } script)
            {
                _script = null;
                await script.InvokeVoidAsync("close");
                await script.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The page is gone and its script with it.
        }
    }
}
