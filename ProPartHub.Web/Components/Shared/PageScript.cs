using Microsoft.JSInterop;

namespace ProPartHub.Web.Components.Shared;

/// <summary>
/// A component's half in the browser: a function of a module that is given the component last and answers with an object
/// that has <c>close</c>. An import takes a round trip, in which the page may be left: the script is then closed as soon
/// as it has come, instead of taking the next page down.
/// </summary>
/// <param name="page">The component, as the script calls it.</param>
internal sealed class PageScript<TPage>(TPage page) : IAsyncDisposable
    where TPage : class
{
    private readonly DotNetObjectReference<TPage> _page = DotNetObjectReference.Create(page);
    private IJSObjectReference? _script;
    private bool _isLeft;

    /// <summary>True from when the script has come until it is left.</summary>
    public bool IsThere => _script is not null;

    /// <summary>Fetches the script and calls its function; called once.</summary>
    /// <param name="js">The circuit's browser.</param>
    /// <param name="module">Address of the module, relative to the base address.</param>
    /// <param name="function">The function.</param>
    /// <param name="arguments">What it is given before the component.</param>
    public async Task StartAsync(IJSRuntime js, string module, string function, params object?[] arguments)
    {
        try
        {
            await using var imported = await js.InvokeAsync<IJSObjectReference>("import", "./" + module);
            if (!_isLeft)
            {
                _script = await imported.InvokeAsync<IJSObjectReference>(function, [.. arguments, _page]);
            }
        }
        catch (JSDisconnectedException)
        {
            // The page was left before its script came.
        }

        if (_isLeft)
        {
            await CloseAsync();
        }
    }

    /// <summary>Calls a function of the script; nothing where there is none.</summary>
    public ValueTask CallAsync(string function, params object?[] arguments) =>
        _script is { } script ? script.InvokeVoidAsync(function, arguments) : ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isLeft = true;
        await CloseAsync();
        _page.Dispose();
    }

    private async Task CloseAsync()
    {
        if (_script is not { } script)
        {
            return;
        }

        _script = null;
        try
        {
            await script.InvokeVoidAsync("close");
            await script.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone and its script with it.
        }
    }
}
