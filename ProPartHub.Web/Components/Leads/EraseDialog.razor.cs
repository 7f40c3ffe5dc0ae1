using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Privacy;

namespace ProPartHub.Web.Components.Leads;

/// <summary>Erases a client after the admin has read what goes and what stays in HubSpot, and typed the lead's number.</summary>
public sealed partial class EraseDialog
{
    private IReadOnlyList<ErasureLead> _leads = [];
    private string _reason = "";
    private string _typed = "";
    private string? _fault;
    private bool _isErasing;

    /// <summary>The admin who erases.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>The lead.</summary>
    [Parameter, EditorRequired]
    public Guid LeadId { get; set; }

    /// <summary>The lead's number.</summary>
    [Parameter, EditorRequired]
    public long Number { get; set; }

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    private ClientErasure Erasure { get; set; } = null!;

    private IReadOnlyList<string> Links =>
        [.. _leads.SelectMany(lead => new[] { lead.ContactLink, lead.DealLink }).OfType<string>().Distinct()];

    /// <summary>Shows the dialog and waits for its end.</summary>
    /// <returns>Whether the client was erased.</returns>
    public static async Task<bool> AskAsync(IDialogService dialogs, string title, Actor actor, Guid leadId, long number)
    {
        var parameters = new DialogParameters<EraseDialog>
        {
            { dialog => dialog.Actor, actor },
            { dialog => dialog.LeadId, leadId },
            { dialog => dialog.Number, number },
        };
        var shown = await dialogs.ShowAsync<EraseDialog>(title, parameters);
        return await shown.Result is { Canceled: false };
    }

    protected override Task OnInitializedAsync() =>
        TryAsync(async () => _leads = await Erasure.LeadsAsync(Actor, LeadId, CancellationToken.None));

    private Task EraseAsync() =>
        TryAsync(async () =>
        {
            Guid[] shown = [.. _leads.Select(lead => lead.Id)];
            await Erasure.EraseAsync(Actor, LeadId, _typed, _reason, shown, CancellationToken.None);
            Dialog.Close();
        });

    private async Task TryAsync(Func<Task> act)
    {
        (_isErasing, _fault) = (true, null);
        try
        {
            await act();
        }
        catch (InvalidInputException exception)
        {
            _fault =
                exception.Errors[0].Field == nameof(Lead.Number)
                    ? T["Erase_WrongNumber"]
                    : $"{T["Erase_Reason"]}: {T.Fault(exception.Errors[0])}";
        }
        catch (ClientErasedException)
        {
            _fault = T["Erased_Refused"];
        }
        catch (Exception exception) when (exception is ForbiddenException or NotFoundException)
        {
            _fault = T["Lead_Forbidden"];
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _fault = T["Save_Failed"];
        }
        finally
        {
            _isErasing = false;
        }
    }
}
