using System.Data.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore.Storage;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>HubSpot's pipelines and stages; what each stage means here is proposed and chosen by an admin.</summary>
public sealed partial class StageMapping
{
    private IReadOnlyList<MappedPipeline>? _pipelines;
    private int? _read;
    private string? _message;
    private bool _isFault;

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
        try
        {
            await Meaning.SetAsync(Actor, stage.Id, Enum.Parse<LeadStatus>(chosen!), CancellationToken.None);
            (_message, _isFault) = (T["Stage_Saved", stage.Label], false);
        }
        catch (Exception exception) when (exception is NotFoundException or ForbiddenException)
        {
            (_message, _isFault) = (T[exception is NotFoundException ? "Act_Gone" : "Act_Forbidden"], true);
        }
        catch (Exception exception) when (exception is DbException or RetryLimitExceededException or TimeoutException)
        {
            (_message, _isFault) = (T["Act_Failed"], true);
        }

        await OnActed.InvokeAsync();
    }

    private string? Note(MappedPipeline pipeline) =>
        pipeline switch
        {
            { HubSpotId: Pipeline.LocalId } => T["Stage_Local"].Value,
            { IsRemoved: true } => T["Stage_Removed"].Value,
            { IsForNewLeads: true } => T["Stage_ForNewLeads"].Value,
            _ => null,
        };
}
