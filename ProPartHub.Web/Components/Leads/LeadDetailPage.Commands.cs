using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Web.Hosting;

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

    private Task MoveAsync(StageMove move) =>
        TryAsync(async () =>
        {
            var before = _lead!;
            await Leads.MoveAsync(_actor!, Id, move.StageId, move.RefusalReason, _closed.Token);
            await ReadAsync();
            var label = _stages.FirstOrDefault(stage => stage.Id == move.StageId)?.Label ?? "";
            OfferUndo(T["Undo_Moved", label], () => MoveBackAsync(before, move.StageId));
        });

    // Somebody else's later move is not taken back with one's own.
    private async Task MoveBackAsync(LeadDetails before, Guid movedTo)
    {
        var now = await Queries.DetailsAsync(_actor!, before.Id, CancellationToken.None);
        if (now.StageId != movedTo)
        {
            Snackbar.Add(T["Undo_TooLate"], Severity.Warning);
            return;
        }

        await Leads.MoveAsync(_actor!, before.Id, before.StageId, before.Values.RefusalReason, CancellationToken.None);
        if (now.Values.RefusalReason != before.Values.RefusalReason)
        {
            var reset = now.Values with { RefusalReason = before.Values.RefusalReason };
            await Leads.EditAsync(
                _actor!,
                before.Id,
                now.Values,
                reset,
                new HashSet<LeadField>(),
                CancellationToken.None
            );
        }
    }

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
                OfferUndo(T["Undo_Archived"], () => Leads.RestoreAsync(_actor!, id, CancellationToken.None));
            }

            await ReadAsync();
        });

    private async Task TransferAsync()
    {
        if (await TransferDialog.AskAsync(Dialogs, T["Transfer_Title"], _actor!, _lead!.AgentId) is { } choice)
        {
            await TryAsync(async () =>
            {
                await Leads.TransferAsync(_actor!, Id, choice.AgentId, choice.Reason, _closed.Token);
                await ReadAsync();
                Snackbar.Add(T["Transfer_Done", _lead?.AgentName ?? T["Row_Pool"]], Severity.Success);
            });
        }
    }

    private void OfferUndo(string done, Func<Task> undo) =>
        Snackbar.Add(
            done,
            Severity.Normal,
            options =>
            {
                options.Action = T["Undo"];
                options.ActionColor = Color.Primary;
                options.VisibleStateDuration = 10_000;
                options.OnClick = _ => InvokeAsync(() => UndoAsync(undo));
            }
        );

    // The page may have been left by then: what was done is taken back all the same.
    private async Task UndoAsync(Func<Task> undo)
    {
        await TryAsync(undo);
        if (_message is not null)
        {
            Snackbar.Add(_message, Severity.Error);
        }

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
        catch (ForbiddenException)
        {
            _message = T["Lead_Forbidden"];
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
