using ProPartHub.Domain.Leads;

namespace ProPartHub.Web.Components.Boards;

/// <content>Moving a card: shown at once, stored, and put back with the reason when it was refused.</content>
public sealed partial class BoardPage
{
    private async Task DropAsync(Guid stageId)
    {
        if (_dragged is { } card && card.StageId != stageId)
        {
            await MoveAsync(card, stageId);
        }

        _dragged = null;
    }

    private async Task MoveAsync(LeadRow card, Guid stageId)
    {
        if (_targets.FirstOrDefault(stage => stage.Id == stageId) is { Status: LeadStatus.Lost })
        {
            (_losing, _mustFocusReason) = ((card, stageId), true);
            return;
        }

        await StoreMoveAsync(card, stageId, null);
    }

    private async Task LoseAsync()
    {
        if (_losing is { } losing)
        {
            _losing = null;
            await StoreMoveAsync(losing.Card, losing.StageId, _reason);
        }
    }

    private void Keep() => (_losing, _turn) = (null, _turn + 1);

    private async Task ShowAgainAsync()
    {
        if (!_closed.IsCancellationRequested)
        {
            await ReloadAsync();
            StateHasChanged();
        }
    }

    private StageItem Target(Guid stageId) => _targets.First(stage => stage.Id == stageId);

    private async Task StoreMoveAsync(LeadRow card, Guid stageId, string? reason)
    {
        _board!.Move(card, stageId, Time.GetUtcNow());
        StateHasChanged();
        if (
            !await TryAsync(() =>
                Moves.MoveAsync(_actor!, card.Id, Target(stageId), reason, ShowAgainAsync, _closed.Token)
            )
        )
        {
            await ReloadAsync();
        }
    }
}
