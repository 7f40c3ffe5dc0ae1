using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProPartHub.Domain.Boards;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Boards;

/// <content>The board's script: keys, gliding cards, the menu's place, reading on by scrolling (<c>js/board.js</c>).</content>
public sealed partial class BoardPage
{
    private ElementReference _boardElement;
    private MoveMenu? _menuView;
    private BoardCard? _menu;
    private PageScript<BoardPage>? _script;
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
            _script = new PageScript<BoardPage>(this);
            await _script.StartAsync(JS, Assets["js/board.js"], "watch", _boardElement);
        }

        if (_mustOpenMenu && _script is { IsThere: true } && _menuView is not null)
        {
            _mustOpenMenu = false;
            await _script.CallAsync("openMenu", _menuView.Element, _menu!.Id);
        }
    }

    private void OpenMenuAsync(BoardCard card) => (_menu, _mustOpenMenu) = (card, true);

    private async Task ChooseAsync(BoardColumn column)
    {
        if (_menu is { } card)
        {
            if (_script is not null)
            {
                await _script.CallAsync("closeMenu", _menuView!.Element, card.Id);
            }

            // As it stood when the menu was opened: where somebody has moved it since, the choice was made on an old sight.
            await MoveAsync(card, column);
        }
    }
}
