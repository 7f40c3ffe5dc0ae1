using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProPartHub.Domain.Boards;

namespace ProPartHub.Web.Components.Boards;

/// <content>The board's script: keys, gliding cards, the menu's place, reading on by scrolling (<c>js/board.js</c>).</content>
public sealed partial class BoardPage
{
    private ElementReference _boardElement;
    private MoveMenu? _menuView;
    private BoardCard? _menu;
    private DotNetObjectReference<BoardPage>? _self;
    private IJSObjectReference? _script;
    private Board? _watched;
    private bool _mustOpenMenu;

    [Inject]
    private IJSRuntime JS { get; set; } = null!;

    /// <summary>The script's word for Shift and an arrow: moves a card one column to the right (1) or left (−1).</summary>
    /// <param name="leadId">A card that the board shows; any other is nothing.</param>
    /// <param name="step">Which way.</param>
    [JSInvokable]
    public async Task NudgeAsync(Guid leadId, int step)
    {
        if (
            step is 1 or -1
            && _board?.Find(leadId) is { } card
            && _board.Beside(card, step) is { } column
            && IsTarget(column.Place)
        )
        {
            await MoveAsync(card, column);
            StateHasChanged();
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_mustFocusReason)
        {
            _mustFocusReason = false;
            await _reasonField.FocusAsync();
        }

        if (_board is not null && _watched is null)
        {
            _watched = _board;
            await WatchAsync();
        }

        if (_mustOpenMenu && _script is not null && _menuView is not null)
        {
            _mustOpenMenu = false;
            await _script.InvokeVoidAsync("openMenu", _menuView.Element, _menu!.Id);
        }
    }

    private void OpenMenuAsync(BoardCard card) => (_menu, _mustOpenMenu) = (card, true);

    private async Task ChooseAsync(BoardColumn column)
    {
        if (_menu is { } card)
        {
            if (_script is not null)
            {
                await _script.InvokeVoidAsync("closeMenu", _menuView!.Element, card.Id);
            }

            // As it stood when the menu was opened: where somebody has moved it since, the choice was made on an old sight.
            await MoveAsync(card, column);
        }
    }

    private async Task WatchAsync()
    {
        try
        {
            _self = DotNetObjectReference.Create(this);
            await using var module = await JS.InvokeAsync<IJSObjectReference>("import", "./" + Assets["js/board.js"]);
            _script = await module.InvokeAsync<IJSObjectReference>("watch", _boardElement, _self);
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
            if (_script is not null)
            {
                await _script.InvokeVoidAsync("close");
                await _script.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The page is gone and its script with it.
        }

        _self?.Dispose();
    }
}
