using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Catalogue.Matching;
using ProPartHub.Domain.Errors;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Catalogue;

/// <summary>The properties that fit a lead best, each with its reasons; live, whether the lead or the catalogue changes.</summary>
public sealed partial class MatchingProperties : ActingComponent
{
    private PropertyMatchList? _matches;
    private int _shown = PropertyMatches.PageSize;
    private (Guid Lead, int Tick) _asked = (Guid.Empty, -1);

    /// <summary>The lead.</summary>
    [Parameter, EditorRequired]
    public Guid LeadId { get; set; }

    /// <summary>Another number whenever the lead may have changed.</summary>
    [Parameter]
    public int Tick { get; set; }

    [Inject]
    private PropertyMatches Matches { get; set; } = null!;

    [Inject]
    private CatalogueWords Words { get; set; } = null!;

    /// <inheritdoc/>
    protected override IReadOnlyList<AgencyTopic> Topics => [AgencyTopic.Catalogue];

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        if (Who is null || _asked == (LeadId, Tick))
        {
            return Task.CompletedTask;
        }

        _asked = (LeadId, Tick);
        return RefreshAsync();
    }

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        try
        {
            _matches = await Matches.ForLeadAsync(Who!, LeadId, _shown, Life);
        }
        catch (NotFoundException)
        {
            // Gone out of sight meanwhile; the page says so.
            _matches = new PropertyMatchList([], HasMore: false, HasFacts: false);
        }
    }

    private Task MoreAsync()
    {
        _shown += PropertyMatches.PageSize;
        return RefreshAsync();
    }
}
