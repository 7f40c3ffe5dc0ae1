using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProPartHub.Web.Account;

namespace ProPartHub.Web.Components.Shared;

/// <summary>What was typed before, by the inputs' names.</summary>
/// <param name="Values">The typed values.</param>
/// <param name="Opened">What the same inputs held before they were typed in.</param>
public sealed record RestoredDraft(
    IReadOnlyDictionary<string, string?> Values,
    IReadOnlyDictionary<string, string?> Opened
);

/// <summary>
/// Keeps what is typed in the named inputs inside it in the browser (<c>js/drafts.js</c>), for the signed-in person and
/// this place, and hands it back when the place is opened again. Nothing travels to the server while typing.
/// </summary>
public sealed partial class DraftScope : IAsyncDisposable
{
    private static readonly IReadOnlyDictionary<string, string?> Empty = new Dictionary<string, string?>();

    private IReadOnlyDictionary<string, string?> _opened = Empty;
    private ElementReference _element;
    private IJSObjectReference? _draft;
    private bool _isRestored;
    private bool _isDisposed;

    /// <summary>What is being written, the same at each visit: <c>lead-new</c>, <c>lead-edit:…</c>.</summary>
    [Parameter, EditorRequired]
    public string Place { get; set; } = "";

    /// <summary>What the inputs hold before anybody types, by name; an input that is not named is empty.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, string?>? Opened { get; set; }

    /// <summary>Called with an earlier draft, once, soon after the first render.</summary>
    [Parameter, EditorRequired]
    public EventCallback<RestoredDraft> OnRestored { get; set; }

    /// <summary>Called when the person wants to start anew; the draft is gone by then.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnAbandoned { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    /// <summary>Forgets the draft: it was saved, or given up.</summary>
    public async Task ForgetAsync()
    {
        _isRestored = false;
        if (_draft is not null)
        {
            await _draft.InvokeVoidAsync("discard");
        }
    }

    /// <summary>Adds a value that came by a button and not by typing.</summary>
    public async Task PutAsync(string name, string? value)
    {
        if (_draft is not null)
        {
            await _draft.InvokeVoidAsync("put", name, value ?? "");
        }
    }

    /// <summary>True once the browser keeps what is typed.</summary>
    public bool IsKept => _draft is not null;

    /// <summary>Puts a value in place of another, in its input too, unless something else is being typed there by now.</summary>
    /// <returns>What is being typed there; null where the value was put.</returns>
    public async Task<string?> SwapAsync(string name, string? before, string? after) =>
        _draft is null ? null : await _draft.InvokeAsync<string?>("swap", name, before ?? "", after ?? "");

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var opened = Opened ?? Empty;
        if (firstRender)
        {
            _opened = opened;
            await OpenAsync();
        }
        else if (_draft is not null && !ReferenceEquals(opened, _opened))
        {
            _opened = opened;
            await _draft.InvokeVoidAsync("rebase", opened);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        await CloseAsync();
    }

    private async Task OpenAsync()
    {
        var actor = await Actor.GetAsync();
        try
        {
            await using var script = await JS.InvokeAsync<IJSObjectReference>("import", "./" + Assets["js/drafts.js"]);
            _draft = await script.InvokeAsync<IJSObjectReference>("keep", _element, $"{actor.UserId}:{Place}", _opened);
        }
        catch (JSDisconnectedException)
        {
            // The page was left before its script came.
        }

        if (_isDisposed)
        {
            await CloseAsync();
        }
        else if (_draft is not null && await _draft.InvokeAsync<RestoredDraft?>("restore") is { } draft)
        {
            _isRestored = true;
            await OnRestored.InvokeAsync(draft);
            StateHasChanged();
        }
    }

    private async Task CloseAsync()
    {
        if (_draft is null)
        {
            return;
        }

        try
        {
            await _draft.InvokeVoidAsync("close");
            await _draft.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone and its script with it, which wrote the draft down as it went.
        }
    }

    private async Task AbandonAsync()
    {
        await ForgetAsync();
        await OnAbandoned.InvokeAsync();
    }
}
