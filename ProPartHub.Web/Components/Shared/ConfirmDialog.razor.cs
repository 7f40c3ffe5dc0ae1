using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ProPartHub.Web.Components.Shared;

/// <summary>Asks before something that cannot be taken back with one click.</summary>
public sealed partial class ConfirmDialog
{
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>What the confirming button does, in its own words: "Archive", never "OK".</summary>
    [Parameter, EditorRequired]
    public string Action { get; set; } = "";

    [Parameter]
    public bool IsDestructive { get; set; }

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>Shows the question and waits for the answer.</summary>
    /// <param name="dialogs">The circuit's dialogs.</param>
    /// <param name="title">The question, short.</param>
    /// <param name="text">What will happen.</param>
    /// <param name="action">The confirming button's words.</param>
    /// <param name="isDestructive">Whether something is lost by it; the button is red then.</param>
    /// <returns>Whether the person confirmed; closing the dialog in any other way is a no.</returns>
    public static async Task<bool> AskAsync(
        IDialogService dialogs,
        string title,
        string text,
        string action,
        bool isDestructive = false
    )
    {
        var parameters = new DialogParameters<ConfirmDialog>
        {
            { dialog => dialog.Title, title },
            { dialog => dialog.Text, text },
            { dialog => dialog.Action, action },
            { dialog => dialog.IsDestructive, isDestructive },
        };
        var shown = await dialogs.ShowAsync<ConfirmDialog>(title, parameters);
        return await shown.Result is { Canceled: false };
    }

    private void Confirm() => Dialog.Close();

    private void Cancel() => Dialog.Cancel();
}
