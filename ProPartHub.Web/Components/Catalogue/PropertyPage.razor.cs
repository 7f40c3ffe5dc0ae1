using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Transfer.Legacy;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Catalogue;

/// <summary>One property, live: what it is, what can be bought in it and for whom it fits. Archived ones keep their page.</summary>
public sealed partial class PropertyPage : ActingComponent
{
    private DevelopmentDetails? _property;
    private bool _isMissing;

    /// <summary>Its number.</summary>
    [Parameter]
    public long Number { get; set; }

    [Inject]
    private CatalogueQueries Catalogue { get; set; } = null!;

    [Inject]
    private DevelopmentService Service { get; set; } = null!;

    [Inject]
    private LegacyLinks Legacy { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private CatalogueWords Words { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    private bool MayWrite => Who is { ViewerId: null } who && DevelopmentService.MayWrite(who);

    /// <inheritdoc/>
    protected override IReadOnlyList<AgencyTopic> Topics => [AgencyTopic.Catalogue];

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        try
        {
            (_property, _isMissing) = (await Catalogue.DetailsAsync(Number, Life), false);
        }
        catch (NotFoundException)
        {
            // Projects of the old portal had other numbers under the same address.
            if (await Legacy.PropertyAsync(Number, Life) is { } number && number != Number)
            {
                Navigation.NavigateTo(
                    CatalogueAddress.Of(number),
                    new NavigationOptions { ReplaceHistoryEntry = true }
                );
                return;
            }

            (_property, _isMissing) = (null, true);
        }
    }

    private async Task ToggleArchiveAsync()
    {
        var (id, name, isArchived) = (_property!.Id, _property.Values.Name!, _property.ArchivedAt is not null);
        var isDone = await SetArchivedAsync(id, !isArchived);
        if (isDone && !isArchived)
        {
            Snackbar.OfferUndo(
                Leads,
                T["Archive_Done", name],
                () =>
                    InvokeAsync(async () =>
                    {
                        await SetArchivedAsync(id, isArchived: false);
                        StateHasChanged();
                    })
            );
        }
    }

    private async Task<bool> SetArchivedAsync(Guid id, bool isArchived)
    {
        var isDone = await ActAsync(async () =>
        {
            await (
                isArchived
                    ? Service.ArchiveAsync(Who!, id, CancellationToken.None)
                    : Service.RestoreAsync(Who!, id, CancellationToken.None)
            );
            return isArchived ? null : T["Restore_Done"].Value;
        });
        await RefreshAsync();
        return isDone;
    }
}
