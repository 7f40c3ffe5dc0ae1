using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ProPartHub.Web.Components.Leads.Listing;

/// <content>The cell's script: focus, Enter, Tab, Escape, and leaving the cell (<c>js/lead-cell.js</c>).</content>
public sealed partial class CellEditor
{
    private ElementReference _form;
    private DotNetObjectReference<CellEditor>? _self;
    private IJSObjectReference? _script;
    private bool _isWatched;
    private bool _mustFocus;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_opened is not null && !_isWatched)
        {
            _isWatched = true;
            await WatchAsync();
        }

        if (_mustFocus && _script is not null)
        {
            _mustFocus = false;
            await _script.InvokeVoidAsync("focus");
        }
    }

    private async Task WatchAsync()
    {
        try
        {
            _self = DotNetObjectReference.Create(this);
            await using var module = await JS.InvokeAsync<IJSObjectReference>(
                "import",
                "./" + Assets["js/lead-cell.js"]
            );
            _script = await module.InvokeAsync<IJSObjectReference>("edit", _form, _self);
        }
        catch (JSDisconnectedException)
        {
            // The page was left before its script came.
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

        _self?.Dispose();
    }
}
