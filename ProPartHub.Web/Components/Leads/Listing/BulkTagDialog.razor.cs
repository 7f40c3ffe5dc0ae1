using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Leads.Bulk;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.People;

namespace ProPartHub.Web.Components.Leads.Listing;

/// <summary>Which tag many leads get or lose.</summary>
public sealed partial class BulkTagDialog
{
    private IReadOnlyList<TagItem>? _tags;
    private Guid? _chosen;

    /// <summary>The question, with how many leads it is about.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>Who asks.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    private TagService Tags { get; set; } = null!;

    /// <summary>Shows the dialog and waits; null when it was closed without a choice.</summary>
    public static async Task<BulkOrder?> AskAsync(IDialogService dialogs, string title, Actor actor)
    {
        var parameters = new DialogParameters<BulkTagDialog>
        {
            { dialog => dialog.Title, title },
            { dialog => dialog.Actor, actor },
        };
        var shown = await dialogs.ShowAsync<BulkTagDialog>(title, parameters);
        return (await shown.Result)?.Data as BulkOrder;
    }

    protected override async Task OnInitializedAsync() => _tags = await Tags.AllAsync(CancellationToken.None);

    private void Confirm(BulkKind kind) => Dialog.Close(new BulkOrder(kind, TagId: _chosen));
}
