using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.People;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>The leads of one way in which agents differ, a page at a time, to look at before it is decided.</summary>
public sealed partial class MismatchedLeads
{
    private NumberedPage<MismatchedLead>? _page;
    private int? _read;
    private bool _hasFailed;

    /// <summary>Who looks.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>The way.</summary>
    [Parameter, EditorRequired]
    public AgentMismatchKey Way { get; set; } = null!;

    /// <summary>Changes when the list may have.</summary>
    [Parameter, EditorRequired]
    public int Tick { get; set; }

    [Inject]
    private AgentMismatchQueries Mismatches { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        if (_read != Tick)
        {
            _read = Tick;
            await TurnAsync(_page?.Number ?? 1);
        }
    }

    private async Task TurnAsync(int number)
    {
        try
        {
            _page = await Mismatches.LeadsAsync(Actor, Way, number, CancellationToken.None);
            _hasFailed = false;
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            _hasFailed = true;
        }
    }
}
