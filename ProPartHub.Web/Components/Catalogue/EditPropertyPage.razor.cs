using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Errors;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Catalogue;

/// <summary>Changes a property. What is open here is not read again by itself: who was faster is noticed on saving.</summary>
public sealed partial class EditPropertyPage : ActingComponent
{
    private DevelopmentDetails? _property;
    private bool _isMissing;
    private long? _asked;

    /// <summary>Its number.</summary>
    [Parameter]
    public long Number { get; set; }

    [Inject]
    private CatalogueQueries Catalogue { get; set; } = null!;

    [Inject]
    private DevelopmentService Service { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        // Once for each address: what the form was opened with must not change under it.
        if (Who is null || _asked == Number)
        {
            return Task.CompletedTask;
        }

        (_asked, _property) = (Number, null);
        return RefreshAsync();
    }

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        try
        {
            (_property, _isMissing) = (await Catalogue.DetailsAsync(Number, Life), false);
        }
        catch (NotFoundException)
        {
            (_property, _isMissing) = (null, true);
        }
    }

    private Task<bool> StoreAsync(PropertyEdit edit) =>
        Service.UpdateAsync(Who!, _property!.Id, edit.Opened, edit.Typed, CancellationToken.None);

    private Task SavedAsync(bool isStored)
    {
        if (!isStored)
        {
            return RefreshAsync();
        }

        Open();
        return Task.CompletedTask;
    }

    private void Open() => Navigation.NavigateTo(CatalogueAddress.Of(Number));
}
