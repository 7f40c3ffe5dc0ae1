using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.HubSpot;

/// <summary>HubSpot's owners and the people they are here, and what follows from it for leads.</summary>
public sealed partial class OwnerMapping : IDisposable
{
    private readonly PageLife _closed = new();
    private OwnerCounts? _counts;
    private int? _read;

    /// <summary>Who looks.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Which page of the part shown, from 1.</summary>
    [Parameter, EditorRequired]
    public int Number { get; set; }

    /// <summary>Changes when the lists may have.</summary>
    [Parameter, EditorRequired]
    public int Tick { get; set; }

    /// <summary>Called after something was decided.</summary>
    [Parameter]
    public EventCallback OnActed { get; set; }

    [SupplyParameterFromQuery(Name = OwnerAddress.PartKey)]
    private string? PartName { get; set; }

    [SupplyParameterFromQuery(Name = OwnerAddress.FilterKey)]
    private string? FilterName { get; set; }

    [SupplyParameterFromQuery(Name = OwnerAddress.SearchKey)]
    private string? Search { get; set; }

    [Inject]
    private OwnerMappingQueries Owners { get; set; } = null!;

    [Inject]
    private AgencyTime Time { get; set; } = null!;

    private OwnerPart Shown => OwnerAddress.ReadPart(PartName);

    private OwnerFilter Filter => OwnerAddress.ReadFilter(FilterName);

    private string PoolAddress => LeadListAddress.Write(new LeadListQuery { OnlyPool = true }, Time);

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_read == Tick)
        {
            return;
        }

        _read = Tick;
        try
        {
            _counts = await Owners.CountsAsync(Actor, _closed.Token);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // Another list is shown now.
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            // The list below says so.
        }
    }

    private int? CountOf(OwnerPart part) =>
        part switch
        {
            OwnerPart.Names => _counts?.UnknownNames,
            OwnerPart.Mismatches => _counts?.Mismatched,
            _ => null,
        };
}
