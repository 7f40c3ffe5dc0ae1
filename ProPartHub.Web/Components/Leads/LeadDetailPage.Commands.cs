using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Web.Components.Leads;

/// <content>Stage, archive and transfer. What one click does, one click takes back.</content>
public sealed partial class LeadDetailPage
{
    [Inject]
    private LeadService Leads { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private StageMoves Moves { get; set; } = null!;

    [Inject]
    private HandOvers HandOvers { get; set; } = null!;

    private Task MoveAsync(StageMove move) =>
        TryAsync(async () =>
        {
            var target = _stages.First(stage => stage.Id == move.StageId);
            await Moves.MoveAsync(
                _actor!,
                Id,
                _lead!.StageId,
                target,
                move.RefusalReason,
                ShowAgainAsync,
                _closed.Token
            );
            await ReadAsync();
        });

    private Task ToggleArchiveAsync() =>
        TryAsync(async () =>
        {
            var id = Id;
            if (_lead!.ArchivedAt is not null)
            {
                await Leads.RestoreAsync(_actor!, id, _closed.Token);
            }
            else
            {
                await Leads.ArchiveAsync(_actor!, id, _closed.Token);
                Snackbar.OfferUndo(T, T["Undo_Archived"], () => UnarchiveAsync(id));
            }

            await ReadAsync();
        });

    private async Task TransferAsync()
    {
        if (await TransferDialog.AskAsync(Dialogs, T["Transfer_Title"], _actor!, _lead!.AgentId) is { } choice)
        {
            await TryAsync(async () =>
            {
                await HandOvers.GiveAsync(
                    _actor!,
                    Id,
                    _lead.AgentId,
                    choice.AgentId,
                    choice.Name,
                    choice.Reason,
                    ShowAgainAsync,
                    _closed.Token
                );
                await ReadAsync();
            });
        }
    }

    // The page may have been left by then: what was done is taken back all the same.
    private async Task UnarchiveAsync(Guid id)
    {
        await TryAsync(() => Leads.RestoreAsync(_actor!, id, CancellationToken.None));
        if (_message is not null)
        {
            Snackbar.Add(_message, Severity.Error);
        }

        await ShowAgainAsync();
    }

    private async Task ShowAgainAsync()
    {
        if (!_closed.IsCancellationRequested)
        {
            await ReadAsync();
            StateHasChanged();
        }
    }

    private async Task TryAsync(Func<Task> command)
    {
        _message = null;
        try
        {
            await command();
        }
        catch (InvalidInputException exception)
        {
            _message = T.Fault(exception.Errors[0]);
        }
        catch (ForbiddenException exception)
        {
            _message = T.Refusal(exception);
        }
        catch (NotFoundException)
        {
            (_lead, _isMissing) = (null, true);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _message = T["Save_Failed"];
        }
    }
}
