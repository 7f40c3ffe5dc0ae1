using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Bulk;

namespace ProPartHub.Web.Components.Leads.Listing;

/// <summary>To which stage many leads go, and why where that means lost.</summary>
public sealed partial class BulkStageDialog
{
    private IReadOnlyList<StageItem> _stages = [];
    private string _stageId = "";
    private string _reason = "";

    /// <summary>The question, with how many leads it is about.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject]
    private StageDirectory Stages { get; set; } = null!;

    private StageItem? Chosen => _stages.FirstOrDefault(stage => stage.Id.ToString() == _stageId);

    private bool IsLost => Chosen?.Status is LeadStatus.Lost;

    /// <summary>Shows the dialog and waits; null when it was closed without a choice.</summary>
    public static async Task<BulkOrder?> AskAsync(IDialogService dialogs, string title)
    {
        var parameters = new DialogParameters<BulkStageDialog> { { dialog => dialog.Title, title } };
        var shown = await dialogs.ShowAsync<BulkStageDialog>(title, parameters);
        return (await shown.Result)?.Data as BulkOrder;
    }

    protected override async Task OnInitializedAsync() => _stages = await Stages.AllAsync(CancellationToken.None);

    // The pipeline is named only where there is more than one.
    private string Name(StageItem stage) =>
        _stages.All(other => other.PipelineId == stage.PipelineId)
            ? stage.Label
            : $"{stage.PipelineLabel} · {stage.Label}";

    private void Confirm() =>
        Dialog.Close(new BulkOrder(BulkKind.Move, Chosen!.Id, RefusalReason: IsLost ? _reason : null));
}
