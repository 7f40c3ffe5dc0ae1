using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Audit;

/// <summary>Who did what, about whom, from where and when, for admins; its filters stand in the address.</summary>
public sealed partial class AuditPage : IDisposable
{
    private readonly PageLife _closed = new();
    private IReadOnlyList<AuditPerson> _people = [];
    private AuditStretch? _page;
    private AuditSealStatus? _seal;
    private (AuditQuery Query, AuditPlace? After)? _read;
    private Actor? _actor;
    private bool _hasFailed;

    [SupplyParameterFromQuery(Name = AuditAddress.ActorKey)]
    private string? ActorText { get; set; }

    [SupplyParameterFromQuery(Name = AuditAddress.AboutKey)]
    private string? AboutText { get; set; }

    [SupplyParameterFromQuery(Name = AuditAddress.LeadKey)]
    private string? LeadText { get; set; }

    [SupplyParameterFromQuery(Name = AuditAddress.GroupKey)]
    private string? GroupText { get; set; }

    [SupplyParameterFromQuery(Name = AuditAddress.AddressKey)]
    private string? AddressText { get; set; }

    [SupplyParameterFromQuery(Name = AuditAddress.FromKey)]
    private string? FromText { get; set; }

    [SupplyParameterFromQuery(Name = AuditAddress.ToKey)]
    private string? ToText { get; set; }

    [SupplyParameterFromQuery(Name = AuditAddress.AfterKey)]
    private string? AfterText { get; set; }

    [Inject]
    private AuditQueries Audit { get; set; } = null!;

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    [Inject]
    private AgencyTime Time { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private AuditPlace? After => AuditPlace.Read(AfterText);

    private AuditQuery Query =>
        AuditAddress.Read(key =>
            key switch
            {
                AuditAddress.ActorKey => ActorText,
                AuditAddress.AboutKey => AboutText,
                AuditAddress.LeadKey => LeadText,
                AuditAddress.GroupKey => GroupText,
                AuditAddress.AddressKey => AddressText,
                AuditAddress.FromKey => FromText,
                _ => ToText,
            }
        );

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _read == (Query, After))
        {
            return;
        }

        _read = (Query, After);
        _actor ??= await Actor.GetAsync();
        await ReadAsync();
    }

    // Filters may be set faster than the database answers: only the answer to the latest question shows.
    private async Task ReadAsync()
    {
        var asked = _read;
        try
        {
            var filter = Query.ToFilter(Time);
            var page = await Audit.PageAsync(_actor!, filter, After, AuditQueries.PageSize, _closed.Token);
            var seal = await Audit.SealAsync(_actor!, _closed.Token);
            _people = _people is [] ? await Audit.PeopleAsync(_actor!, _closed.Token) : _people;
            if (asked == _read)
            {
                (_page, _seal, _hasFailed) = (page, seal, false);
            }
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is closed.
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            // That an overtaken question was not answered is nothing to be told.
            _hasFailed |= asked == _read;
        }
    }

    private void Show(AuditQuery query) => Navigation.NavigateTo(AuditAddress.Write(query));
}
