using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Web.Components.Leads;

/// <summary>A wish to move a lead.</summary>
/// <param name="StageId">Where to.</param>
/// <param name="RefusalReason">Why, for a stage that means lost.</param>
public sealed record StageMove(Guid StageId, string? RefusalReason);

/// <summary>The stages of the lead's pipeline, the present one marked; a lost one asks for the reason first.</summary>
public sealed partial class StageBar
{
    private string _reason = "";
    private Guid? _losing;

    /// <summary>Every stage of every pipeline.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<StageItem> Stages { get; set; } = [];

    /// <summary>The lead's stage.</summary>
    [Parameter, EditorRequired]
    public Guid Current { get; set; }

    /// <summary>Called when the person chose another stage.</summary>
    [Parameter, EditorRequired]
    public EventCallback<StageMove> OnMove { get; set; }

    /// <summary>Rises with each change by somebody else.</summary>
    [Parameter]
    public int Glow { get; set; }

    private IEnumerable<StageItem> Pipeline
    {
        get
        {
            var pipeline = Stages.FirstOrDefault(stage => stage.Id == Current)?.PipelineId;
            return Stages.Where(stage => stage.PipelineId == pipeline && (!stage.IsRemoved || stage.Id == Current));
        }
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => _reason = Book.For(LeadField.RefusalReason)![0];

    private Task ChooseAsync(StageItem stage)
    {
        if (stage.Id == Current)
        {
            return Task.CompletedTask;
        }

        if (stage.Status is LeadStatus.Lost)
        {
            _losing = stage.Id;
            return Task.CompletedTask;
        }

        _losing = null;
        return OnMove.InvokeAsync(new StageMove(stage.Id, null));
    }

    private Task LoseAsync(Guid stageId)
    {
        _losing = null;
        return OnMove.InvokeAsync(new StageMove(stageId, _reason));
    }
}
