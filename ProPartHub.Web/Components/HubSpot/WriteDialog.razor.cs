using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>Asks before writing to HubSpot is turned on, and says once more all that follows.</summary>
public sealed partial class WriteDialog
{
    /// <summary>What follows.</summary>
    [Parameter, EditorRequired]
    public PreviewSummary Summary { get; set; } = null!;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    private IReadOnlyList<string> Lines =>
        [.. PreviewCount.Happening(Summary).Select(pair => T.Plural($"Say_{pair.Name}", pair.Count))];

    /// <summary>Shows the question and waits for the answer; closing it in any other way is a no.</summary>
    public static async Task<bool> AskAsync(IDialogService dialogs, string title, PreviewSummary summary)
    {
        var parameters = new DialogParameters<WriteDialog> { { dialog => dialog.Summary, summary } };
        var shown = await dialogs.ShowAsync<WriteDialog>(title, parameters);
        return await shown.Result is { Canceled: false };
    }

    private void Confirm() => Dialog.Close();

    private void Cancel() => Dialog.Cancel();
}
