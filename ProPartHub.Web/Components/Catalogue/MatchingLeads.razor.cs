using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Catalogue.Matching;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Live;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Catalogue;

/// <summary>The open leads for which a property fits best, of those that the reader may see; live, whether a lead or the
/// catalogue changes.</summary>
public sealed partial class MatchingLeads : ActingComponent
{
    private LeadMatchList? _matches;
    private FeedPump? _pump;
    private int _shown = PropertyMatches.PageSize;
    private long? _asked;

    /// <summary>Number of the property.</summary>
    [Parameter, EditorRequired]
    public long Number { get; set; }

    [Inject]
    private PropertyMatches Matches { get; set; } = null!;

    [Inject]
    private LeadFeed Feed { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <inheritdoc/>
    protected override IReadOnlyList<AgencyTopic> Topics => [AgencyTopic.Catalogue];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // What the pump has begun ends with the component's life.
        Dispose();
        if (_pump is not null)
        {
            await _pump.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        if (Who is not null)
        {
            // Any lead may come to match: they are read again a while after some have changed.
            var later = new LateRefresh(Clock, ReadLateAsync, Life);
            _pump = Feed.Start(
                Who,
                batch =>
                    InvokeAsync(() =>
                    {
                        _ = later.AskAsync();
                    })
            );
        }
    }

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        if (Who is null || _asked == Number)
        {
            return Task.CompletedTask;
        }

        _asked = Number;
        return RefreshAsync();
    }

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        try
        {
            _matches = await Matches.ForDevelopmentAsync(Who!, Number, _shown, Life);
        }
        catch (NotFoundException)
        {
            // The page says that it is gone.
            _matches = new LeadMatchList([], HasMore: false);
        }
    }

    private async Task ReadLateAsync()
    {
        await RefreshAsync();
        StateHasChanged();
    }

    private Task MoreAsync()
    {
        _shown += PropertyMatches.PageSize;
        return RefreshAsync();
    }
}
