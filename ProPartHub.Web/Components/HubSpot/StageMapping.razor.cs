using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>HubSpot's pipelines and stages; what each stage means here is proposed and chosen by an admin.</summary>
public sealed partial class StageMapping
{
    private IReadOnlyList<MappedPipeline>? _pipelines;
    private int? _read;
    private string? _message;
    private bool _isFault;
    private int _refused;

    /// <summary>Who looks.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Changes when the list may have.</summary>
    [Parameter, EditorRequired]
    public int Tick { get; set; }

    /// <summary>Called after a meaning was chosen.</summary>
    [Parameter]
    public EventCallback OnActed { get; set; }

    [Inject]
    private MappingQueries Mapping { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private StageMeaning Meaning { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        if (_read != Tick)
        {
            _read = Tick;
            _pipelines = await Mapping.PipelinesAsync(Actor, CancellationToken.None);
        }
    }

    private async Task SetAsync(MappedStage stage, string? chosen)
    {
        _message = null;
        if (!Enum.TryParse<LeadStatus>(chosen, out var status) || !await AskAsync(stage, status))
        {
            _refused++;
            return;
        }

        try
        {
            await Meaning.SetAsync(Actor, stage.Id, status, CancellationToken.None);
            (_message, _isFault) = (T["Stage_Saved", stage.Label], false);
        }
        catch (Exception exception) when (exception is NotFoundException or ForbiddenException)
        {
            (_message, _isFault) = (T[exception is NotFoundException ? "Act_Gone" : "Act_Forbidden"], true);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            (_message, _isFault) = (T["Act_Failed"], true);
        }

        await OnActed.InvokeAsync();
    }

    // An arrow key on a closed list is a choice already, and this one moves every lead of the stage.
    private Task<bool> AskAsync(MappedStage stage, LeadStatus status) =>
        ConfirmDialog.AskAsync(
            Dialogs,
            T["Stage_Ask_Title", stage.Label],
            T["Stage_Ask_Text", Name(stage.Status), Name(status)],
            T["Stage_Ask_Act"]
        );

    private string Name(LeadStatus status) => Shared[$"Stage_{status.ToString().ToLowerInvariant()}"];

    private string? Note(MappedPipeline pipeline) =>
        pipeline switch
        {
            { HubSpotId: Pipeline.LocalId } => T["Stage_Local"].Value,
            { IsRemoved: true } => T["Stage_Removed"].Value,
            { IsForNewLeads: true } => T["Stage_ForNewLeads"].Value,
            _ => null,
        };
}
