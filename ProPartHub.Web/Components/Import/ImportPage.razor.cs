using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Transfer.Import;

namespace ProPartHub.Web.Components.Import;

/// <summary>
/// One import from the choice of a file to its result. Where it stands is stored, so that a reload, another browser and a
/// restart of the portal find it there; the address has its key and names the step.
/// </summary>
public sealed partial class ImportPage
{
    private ImportView? _view;
    private bool _isGone;

    /// <summary>The import; null before a file was chosen.</summary>
    [SupplyParameterFromQuery(Name = "id")]
    private string? Id { get; set; }

    [Inject]
    private LeadImports Imports { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override IReadOnlyList<AgencyTopic> Topics => [AgencyTopic.Imports];

    protected override async Task ReadAsync()
    {
        if (Id is null)
        {
            (_view, _isGone) = (null, false);
            return;
        }

        try
        {
            // What is no key in an address is an import that is not there.
            var id = Guid.TryParse(Id, out var key) ? key : throw new NotFoundException("Import");
            _view = await Imports.FindAsync(Who!, id, Life);
            _isGone = false;
            NameStep(_view.Import);
        }
        catch (Exception exception) when (exception is NotFoundException or ForbiddenException)
        {
            (_view, _isGone) = (null, true);
        }
    }

    // The address follows what is stored, without a step of its own in the browser's history.
    private void NameStep(LeadImport import)
    {
        var address = ImportAddress.Of(import);
        if (!Navigation.Uri.EndsWith(address, StringComparison.Ordinal))
        {
            Navigation.NavigateTo(address, replace: true);
        }
    }

    private void OpenAsync(Guid importId) => Navigation.NavigateTo($"{ImportAddress.Path}?id={importId}&step=columns");

    private void Begin() => Navigation.NavigateTo(ImportAddress.Path);
}
