using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Timeline;

/// <content>Takes a field back to its value before a change; the entry that this makes takes it forth again.</content>
public sealed partial class LeadTimeline
{
    private string? _restoreFault;

    [Inject]
    private LeadService Leads { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private LeadOptionBook Book { get; set; } = null!;

    [Inject]
    private AgencyTime Time { get; set; } = null!;

    private async Task RestoreAsync(FieldRestore restore)
    {
        _restoreFault = null;
        try
        {
            var result = await RestoreAsync(restore, overrule: false);
            if (!result.Saved && await AskAsync(result.Conflicts[0]))
            {
                await RestoreAsync(restore, overrule: true);
            }

            await ReadAsync();
        }
        catch (InvalidInputException exception)
        {
            _restoreFault = T.Fault(exception.Errors[0]);
        }
        catch (Exception exception) when (exception is ForbiddenException or NotFoundException)
        {
            _restoreFault = T.Refusal(exception);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _restoreFault = T["Save_Failed"];
        }
    }

    private Task<LeadEditResult> RestoreAsync(FieldRestore restore, bool overrule) =>
        Leads.RestoreFieldAsync(
            Actor,
            LeadId,
            restore.EventId,
            Enum.Parse<LeadField>(restore.Change.Field),
            overrule,
            CancellationToken.None
        );

    private async Task<bool> AskAsync(LeadEditConflict conflict)
    {
        await NameAgentsAsync([conflict.Current, conflict.Typed]);
        return await ConfirmDialog.AskAsync(
            Dialogs,
            T["Restore_Ask_Title", T.Field(conflict.Field)],
            T["Restore_Ask_Text", Words(conflict, conflict.Current), Words(conflict, conflict.Typed)],
            T["Restore"]
        );
    }

    private string Words(LeadEditConflict conflict, string? value) =>
        T.Change(
            Book,
            Time,
            conflict.Field.ToString(),
            value,
            id => Stages.FirstOrDefault(stage => stage.Id == id)?.Label ?? _names.GetValueOrDefault(id)
        );
}
