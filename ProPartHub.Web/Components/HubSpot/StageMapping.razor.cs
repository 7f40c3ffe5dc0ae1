using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>HubSpot's pipelines and stages, and what each stage means here.</summary>
public sealed partial class StageMapping
{
    private IReadOnlyList<MappedPipeline>? _pipelines;
    private int? _read;

    /// <summary>Who looks.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Changes when the list may have.</summary>
    [Parameter, EditorRequired]
    public int Tick { get; set; }

    [Inject]
    private MappingQueries Mapping { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        if (_read != Tick)
        {
            _read = Tick;
            _pipelines = await Mapping.PipelinesAsync(Actor, CancellationToken.None);
        }
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
