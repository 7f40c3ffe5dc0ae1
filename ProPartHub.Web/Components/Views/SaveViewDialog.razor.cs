using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Views;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Components.Views;

/// <summary>Asks what a view is called and who finds it; stays open with the reason while it cannot be saved so.</summary>
public sealed partial class SaveViewDialog
{
    private string _name = "";
    private ViewSharing _sharing;
    private string? _fault;
    private bool _isSaving;

    /// <summary>What is being done.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>Who may be chosen to find it.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ViewSharing> Offered { get; set; } = [];

    /// <summary>The name to begin with.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>Who finds it to begin with.</summary>
    [Parameter]
    public ViewSharing Sharing { get; set; } = ViewSharing.Nobody;

    /// <summary>Stores name and sharing.</summary>
    [Parameter, EditorRequired]
    public Func<string, ViewSharing, Task> Store { get; set; } = null!;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>Shows the dialog.</summary>
    /// <returns>True when it was stored.</returns>
    public static async Task<bool> AskAsync(
        IDialogService dialogs,
        string title,
        IReadOnlyList<ViewSharing> offered,
        string name,
        ViewSharing sharing,
        Func<string, ViewSharing, Task> store
    )
    {
        var parameters = new DialogParameters<SaveViewDialog>
        {
            { dialog => dialog.Title, title },
            { dialog => dialog.Offered, offered },
            { dialog => dialog.Name, name },
            { dialog => dialog.Sharing, sharing },
            { dialog => dialog.Store, store },
        };
        var shown = await dialogs.ShowAsync<SaveViewDialog>(title, parameters);
        return await shown.Result is { Canceled: false };
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => (_name, _sharing) = (Name, Sharing);

    private async Task ConfirmAsync()
    {
        // A second Enter comes in before the button is seen disabled.
        if (_isSaving)
        {
            return;
        }

        (_isSaving, _fault) = (true, null);
        try
        {
            await Store(_name, _sharing);
            Dialog.Close();
        }
        catch (InvalidInputException exception)
        {
            _fault = T.Fault(exception.Errors[0]);
        }
        catch (Exception exception) when (exception is NotFoundException or ForbiddenException)
        {
            _fault = T["Gone"];
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _fault = T["Failed"];
        }
        finally
        {
            _isSaving = false;
        }
    }
}
