using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Data;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>Asks for somebody, found by name, and says what follows from the choice before it can be confirmed.</summary>
public sealed partial class ChoiceDialog
{
    private Choice? _chosen;
    private string? _consequence;

    /// <summary>What is asked.</summary>
    [Parameter, EditorRequired]
    public ChoiceQuestion Question { get; set; } = null!;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>Shows the question and waits for the choice; null when it was closed in any other way.</summary>
    public static async Task<Choice?> AskAsync(IDialogService dialogs, ChoiceQuestion question)
    {
        var parameters = new DialogParameters<ChoiceDialog> { { dialog => dialog.Question, question } };
        var shown = await dialogs.ShowAsync<ChoiceDialog>(question.Title, parameters);
        return (await shown.Result)?.Data as Choice;
    }

    private async Task ChooseAsync(Choice choice)
    {
        (_chosen, _consequence) = (choice, null);
        string consequence;
        try
        {
            consequence = await Question.Consequence(choice);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            consequence = T["Choice_Unknown"];
        }

        // Another may have been chosen while this one was thought about.
        _consequence = _chosen == choice ? consequence : _consequence;
    }

    private void Confirm() => Dialog.Close(_chosen);

    private void Cancel() => Dialog.Cancel();
}
