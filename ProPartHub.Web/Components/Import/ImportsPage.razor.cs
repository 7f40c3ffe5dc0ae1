using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Transfer.Import;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Import;

/// <summary>The imports that the reader may see, the latest first, live.</summary>
public sealed partial class ImportsPage
{
    private IReadOnlyList<ImportView>? _imports;
    private ImportPlace? _next;
    private int _pages = 1;

    [Inject]
    private LeadImports Imports { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    protected override IReadOnlyList<AgencyTopic> Topics => [AgencyTopic.Imports];

    protected override async Task ReadAsync()
    {
        try
        {
            var imports = new List<ImportView>();
            ImportPlace? next = null;
            for (var page = 0; page < _pages && (page == 0 || next is not null); page++)
            {
                var read = await Imports.PageAsync(Who!, next, Life);
                imports.AddRange(read.Imports);
                next = read.Next;
            }

            (_imports, _next) = (imports, next);
        }
        catch (ForbiddenException)
        {
            (_imports, _next) = ([], null);
        }
    }

    private Task MoreAsync()
    {
        _pages++;
        return RefreshAsync();
    }

    private async Task UndoAsync(ImportView view)
    {
        if (!await ConfirmDialog.AskAsync(Dialogs, T["Undo_Title"], T["Undo_Text"], T["Undo"], isDestructive: true))
        {
            return;
        }

        await ActAsync(async () =>
        {
            await Imports.UndoAsync(Who!, view.Import.Id, Life);
            return null;
        });
        await RefreshAsync();
    }

    private static string Figure(int number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
