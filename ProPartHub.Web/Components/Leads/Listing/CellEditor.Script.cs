using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Leads.Listing;

/// <content>The cell's script: focus, Enter, Tab, Escape, and leaving the cell (<c>js/lead-cell.js</c>).</content>
public sealed partial class CellEditor
{
    private ElementReference _form;
    private PageScript<CellEditor>? _script;
    private bool _mustFocus;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_opened is not null && _script is null)
        {
            _script = new PageScript<CellEditor>(this);
            await _script.StartAsync(JS, Assets["js/lead-cell.js"], "edit", _form);
        }

        if (_mustFocus && _script is { IsThere: true })
        {
            _mustFocus = false;
            await _script.CallAsync("focus");
        }
    }
}
