using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>The parts of the exchange, each to be turned off and on.</summary>
public sealed partial class SwitchList : IDisposable
{
    private readonly PageLife _closed = new();
    private string? _message;
    private bool _isActing;

    /// <summary>Who looks.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>How the exchange stands.</summary>
    [Parameter, EditorRequired]
    public SyncStatus Status { get; set; } = null!;

    /// <summary>Called after a switch was turned.</summary>
    [Parameter]
    public EventCallback OnActed { get; set; }

    [Inject]
    private SyncSwitches Switches { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    private async Task TurnAsync(SyncPart part, bool isOn)
    {
        // What is written to the office's CRM cannot be taken back with one click.
        if (
            part is SyncPart.Outbound
            && isOn
            && Status.Waiting > 0
            && !await ConfirmDialog.AskAsync(
                Dialogs,
                T["Switch_Write_Title"],
                T.Plural("Switch_Write_Text", Status.Waiting),
                T["Switch_Write_Action"]
            )
        )
        {
            return;
        }

        (_isActing, _message) = (true, null);
        try
        {
            await Switches.SetAsync(Actor, part, isOn, _closed.Token);
            await OnActed.InvokeAsync();
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // Another list is shown now.
        }
        catch (Exception exception) when (RefusedAct.KeyOf(exception) is not null)
        {
            _message = T[RefusedAct.KeyOf(exception)!];
        }
        finally
        {
            _isActing = false;
        }
    }
}
