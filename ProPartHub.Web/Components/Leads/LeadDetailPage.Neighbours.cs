using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Web.Components.Leads;

/// <content>The next and the previous lead of the list or board that one came from.</content>
public sealed partial class LeadDetailPage
{
    private LeadOrigin? _origin;
    private LeadNeighbours _neighbours = LeadNeighbours.None;

    /// <summary>Path and query of the list or board from which the lead was opened.</summary>
    [SupplyParameterFromQuery(Name = LeadOrigin.Name)]
    private string? From { get; set; }

    [Inject]
    private BoardQueries Boards { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string Back => _origin?.Back ?? LeadListAddress.Path;

    // In place of this lead in the browser's history: "back" leads to the list and not through every lead that was seen.
    private void Go(Guid? leadId)
    {
        if (leadId is { } id)
        {
            // A second press on the way would lead to the same lead again.
            _neighbours = LeadNeighbours.None;
            Navigation.NavigateTo(_origin!.Of(id), replace: true);
        }
    }

    private async Task ReadNeighboursAsync()
    {
        if (_lead is { } lead && _origin is { } origin)
        {
            _neighbours = await origin.NeighboursAsync(_actor!, lead, _stages, Queries, Boards, Time, _closed.Token);
        }
    }
}
